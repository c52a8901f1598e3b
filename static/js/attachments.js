// Upload of photos: large buttons instead of the browser's inputs; several, also dropped, pasted from the
// clipboard or taken one after the other; shown small before they are sent, large ones made smaller, and
// the progress of sending. Without this script the plain inputs do.
(function () {
  "use strict";
  const LONG_SIDE = 2400;
  const SMALL_ENOUGH = 1500 * 1024;
  const MOST = 20;
  const TAKEN = /^(image\/(jpeg|png|webp)|application\/pdf)$/;

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

  // A small picture as a data: address, which the pages' policy allows.
  async function picture(file) {
    if (!file.type.startsWith("image/")) return "";
    try {
      const bitmap = await createImageBitmap(file, { imageOrientation: "from-image", resizeWidth: 256 });
      const canvas = document.createElement("canvas");
      canvas.width = bitmap.width;
      canvas.height = bitmap.height;
      canvas.getContext("2d").drawImage(bitmap, 0, 0);
      bitmap.close();
      return canvas.toDataURL("image/jpeg", 0.7);
    } catch {
      return "";
    }
  }

  function sizeOf(file) {
    return file.size < 1048576 ? Math.ceil(file.size / 1024) + " KB" : (file.size / 1048576).toFixed(1) + " MB";
  }

  function setUp(box) {
    const form = box.closest("form");
    const button = form.querySelector("button[type=submit]");
    const inputs = Array.from(box.querySelectorAll("input[type=file]"));
    const all = inputs.find((input) => input.multiple) || inputs[0];
    const list = box.querySelector("[data-chosen]");
    const bar = box.querySelector("[data-progress]");
    let chosen = [];
    let busy = Promise.resolve();
    box.classList.add("is-scripted");

    function say(text) {
      const line = document.createElement("li");
      line.className = "upload-said";
      line.textContent = text;
      list.append(line);
    }

    function take() {
      const transfer = new DataTransfer();
      chosen.forEach((item) => transfer.items.add(item.file));
      all.files = transfer.files;
      inputs.filter((input) => input !== all).forEach((input) => (input.value = ""));
    }

    function show(refused) {
      list.textContent = "";
      chosen.forEach(function (item) {
        const line = document.createElement("li");
        if (item.picture) {
          const image = document.createElement("img");
          image.src = item.picture;
          image.alt = "";
          line.append(image);
        }
        const name = document.createElement("span");
        name.textContent = "已选：" + item.file.name + "（" + sizeOf(item.file) + "）";
        const drop = document.createElement("button");
        drop.type = "button";
        drop.textContent = "去掉";
        drop.setAttribute("aria-label", "去掉 " + item.file.name);
        drop.addEventListener("click", function () {
          chosen = chosen.filter((other) => other !== item);
          take();
          show([]);
        });
        line.append(name, " ", drop);
        list.append(line);
      });
      refused.forEach((file) => say("“" + file.name + "”不是 JPG、PNG、WebP 照片或 PDF，没有加入。"));
      if (chosen.length >= MOST) say("一次最多 " + MOST + " 个文件。");
    }

    async function addNow(files) {
      button.disabled = true;
      const fit = files.filter((file) => TAKEN.test(file.type) || !file.type);
      for (const file of fit) {
        const known = chosen.some((item) => item.of === file.name + file.size + file.lastModified);
        if (known || chosen.length >= MOST) continue;
        const made = await smaller(file);
        chosen.push({ of: file.name + file.size + file.lastModified, file: made, picture: await picture(made) });
      }
      take();
      show(files.filter((file) => !fit.includes(file)));
      button.disabled = false;
    }

    // One after the other, so that none is lost.
    function add(files) {
      if (box.tagName === "DETAILS") box.open = true;
      busy = busy.then(() => addNow(Array.from(files)));
      return busy;
    }

    box.addEventListener("change", function (event) {
      if (event.target.type === "file") add(event.target.files);
    });
    box.addEventListener("dragover", function (event) {
      if (!Array.from(event.dataTransfer.types).includes("Files")) return;
      event.preventDefault();
      box.classList.add("is-over");
    });
    box.addEventListener("dragleave", () => box.classList.remove("is-over"));
    box.addEventListener("drop", function (event) {
      box.classList.remove("is-over");
      if (!event.dataTransfer.files.length) return;
      event.preventDefault();
      add(event.dataTransfer.files);
    });
    document.addEventListener("paste", function (event) {
      const files = event.clipboardData ? event.clipboardData.files : [];
      if (!files.length || event.defaultPrevented || document.querySelector("[data-upload]") !== box) return;
      event.preventDefault();
      add(files);
    });

    form.addEventListener("submit", function (event) {
      if (box !== form) {
        if (chosen.length && !event.defaultPrevented) waiting();
        return;
      }
      if (!inputs.some((input) => input.files.length)) {
        event.preventDefault();
        event.stopPropagation();
        list.textContent = "";
        say("请先拍照或选择文件。");
      } else if (form.hasAttribute("data-upload-json")) {
        event.preventDefault();
        send();
      } else waiting();
    });

    function waiting() {
      bar.hidden = false;
      bar.removeAttribute("value");
    }

    function failed(texts) {
      bar.hidden = true;
      button.disabled = false;
      show([]);
      texts.forEach(say);
    }

    function send() {
      const request = new XMLHttpRequest();
      button.disabled = true;
      waiting();
      request.upload.addEventListener("progress", function (event) {
        if (event.lengthComputable) bar.value = (100 * event.loaded) / event.total;
      });
      request.addEventListener("error", () => failed(["网络不通，没有传上；已选的文件还在，请稍后再试。"]));
      request.addEventListener("load", function () {
        let told = null;
        try {
          told = JSON.parse(request.responseText);
        } catch {
          return failed(["没有传上：登录可能已过期，请在新窗口登录后再试。"]);
        }
        if (told.errors) return failed(told.errors);
        const target = new URL(told.url, window.location.href);
        if (target.pathname !== window.location.pathname) return window.location.assign(target.href);
        window.history.replaceState(null, "", target.href);
        window.location.reload();
      });
      request.open("POST", form.action);
      request.setRequestHeader("Accept", "application/json");
      request.send(new FormData(form));
    }
  }

  document.querySelectorAll("[data-upload]").forEach(setUp);
})();
