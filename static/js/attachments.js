// Upload of photos: large buttons instead of the browser's inputs, what was chosen listed, and large
// photos made smaller before they are sent. Without this script the plain inputs do.
(function () {
  "use strict";
  const LONG_SIDE = 2400;
  const SMALL_ENOUGH = 1500 * 1024;

  // The photo as a smaller JPEG; the file itself where the browser cannot do that.
  async function smaller(file) {
    if (!/^image\/(jpeg|png|webp)$/.test(file.type) || file.size <= SMALL_ENOUGH) return file;
    try {
      const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
      const part = Math.min(1, LONG_SIDE / Math.max(bitmap.width, bitmap.height));
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(bitmap.width * part);
      canvas.height = Math.round(bitmap.height * part);
      canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
      bitmap.close();
      const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.88));
      if (!blob || blob.size >= file.size) return file;
      return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
    } catch {
      return file;
    }
  }

  function list(form) {
    const box = form.querySelector("[data-chosen]");
    box.textContent = "";
    form.querySelectorAll("input[type=file]").forEach(function (input) {
      for (const file of input.files) {
        const line = document.createElement("li");
        const size = file.size < 1048576 ? Math.ceil(file.size / 1024) + " KB" : (file.size / 1048576).toFixed(1) + " MB";
        line.textContent = "已选：" + file.name + "（" + size + "）";
        box.append(line);
      }
    });
  }

  async function changed(form, input) {
    const button = form.querySelector("button[type=submit]");
    button.disabled = true;
    const chosen = new DataTransfer();
    for (const file of input.files) chosen.items.add(await smaller(file));
    input.files = chosen.files;
    button.disabled = false;
    list(form);
    button.scrollIntoView({ block: "nearest" });
  }

  document.querySelectorAll("form[data-upload]").forEach(function (form) {
    form.classList.add("is-scripted");
    form.addEventListener("change", function (event) {
      if (event.target.type === "file") changed(form, event.target);
    });
    form.addEventListener("submit", function (event) {
      const some = Array.from(form.querySelectorAll("input[type=file]")).some((i) => i.files.length);
      if (some) return;
      event.preventDefault();
      event.stopPropagation();
      form.querySelector("[data-chosen]").textContent = "请先拍照或选择文件。";
    });
  });
})();
