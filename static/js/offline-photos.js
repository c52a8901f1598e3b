// Photos made small on the phone before they are kept and sent, and how a form shows them.
self.OfflinePhotos = (function () {
  "use strict";
  const LONG_SIDE = 1600;
  const MOST = 6;

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

  // The photos of one form. `changed()` is called whenever they are others, `taken(file)` for each one
  // that was taken, `word()` names the button while there is none, `say` is told what went wrong.
  function of(form, { changed, taken, word, say }) {
    const input = form.elements.namedItem("photos");
    let photos = [];
    let shrinking = Promise.resolve();

    function draw() {
      const list = form.querySelector("[data-shots]");
      list.replaceChildren(
        ...photos.map((photo, number) =>
          shot(photo, number, function () {
            photos = photos.filter((each) => each !== photo);
            draw();
            changed();
          }),
        ),
      );
      form.querySelector("[data-photo-word]").textContent = photos.length ? "再拍一张" : word ? word() : "拍照";
    }

    async function take(files) {
      for (const file of files) {
        if (photos.length === MOST) {
          say("一次最多 " + MOST + " 张照片。");
          break;
        }
        const small = await shrunk(file);
        if (!small) {
          say("这张图片打不开，没有保存；请重新拍照，或换 JPG、PNG 图片。");
          continue;
        }
        if (taken) taken(file);
        photos = photos.concat(small);
        draw();
        await changed();
      }
    }

    input.addEventListener("change", function (event) {
      const files = Array.from(event.target.files);
      shrinking = shrinking.then(() => take(files));
      shrinking.then(() => (event.target.value = ""));
    });
    return {
      all: () => photos,
      settled: () => shrinking,
      set: function (others) {
        photos = others;
        draw();
      },
    };
  }

  return { of };
})();
