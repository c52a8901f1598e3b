// A photo made small on the phone before it is kept and sent, and how the form shows it.
window.FieldPhotos = (function () {
  "use strict";
  const LONG_SIDE = 1600;

  // null where the phone cannot redraw it: as it came it would keep where it was taken.
  async function shrunk(file) {
    try {
      const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
      const part = Math.min(1, LONG_SIDE / Math.max(bitmap.width, bitmap.height));
      const canvas = document.createElement("canvas");
      canvas.width = Math.max(1, Math.round(bitmap.width * part));
      canvas.height = Math.max(1, Math.round(bitmap.height * part));
      canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
      bitmap.close();
      const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
      return blob;
    } catch {
      return null;
    }
  }

  // One line of the photos taken; `away` is called when it is to go.
  function shot(photo, number, away) {
    const line = document.createElement("li");
    const image = document.createElement("img");
    const reader = new FileReader(); // our pages load no blob: addresses
    reader.onload = () => (image.src = reader.result);
    reader.readAsDataURL(photo);
    image.alt = "照片 " + (number + 1);
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn field-tap";
    button.textContent = "删去";
    button.setAttribute("aria-label", "删去照片 " + (number + 1));
    button.addEventListener("click", away);
    line.append(image, button);
    return line;
  }

  return { shrunk, shot };
})();
