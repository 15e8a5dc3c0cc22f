// <div data-upload data-upload-url="/url"> around a file input: files can be dropped on it; with an address they are sent
// at once, each with its progress. Without an address (and without a script) they go with the form, as ever.
// The server answers {"name", "url"?, "html"?} ; html (a row that the server drew) is put into the list.

const megabytes = (bytes) => (bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`);

function row(list, file) {
  const item = document.createElement("li");
  item.className = "upload";
  const name = document.createElement("span");
  name.textContent = `${file.name}（${megabytes(file.size)}）`;
  const state = document.createElement("span");
  state.textContent = "等待";
  const bar = document.createElement("progress");
  bar.max = 100;
  bar.value = 0;
  bar.setAttribute("aria-label", `${file.name} 上传进度`);
  item.append(name, state, bar);
  list.append(item);
  return { item, state, bar };
}

function send(box, file) {
  const list = box.parentElement.querySelector("[data-uploads]");
  const { item, state, bar } = row(list, file);
  const form = box.closest("form");
  const data = new FormData();
  data.append(box.querySelector("input[type=file]").name || "file", file);
  const fail = (words) => {
    item.classList.add("upload--failed");
    bar.remove();
    state.textContent = words;
    const again = document.createElement("button");
    again.type = "button";
    again.className = "linklike";
    again.textContent = "重传";
    again.addEventListener("click", () => {
      item.remove();
      send(box, file);
    });
    state.append(" ", again);
  };
  const request = new XMLHttpRequest(); // fetch cannot tell how far an upload is
  request.open("POST", box.dataset.uploadUrl);
  request.setRequestHeader("X-CSRFToken", form?.querySelector("[name=csrfmiddlewaretoken]")?.value || document.body.dataset.csrf || "");
  request.setRequestHeader("Accept", "application/json");
  request.responseType = "json";
  request.upload.addEventListener("progress", (event) => {
    if (!event.lengthComputable) return;
    bar.value = Math.round((event.loaded / event.total) * 100);
    state.textContent = bar.value < 100 ? `${bar.value}%` : "正在检查…";
  });
  request.addEventListener("load", () => {
    const answer = request.response || {};
    if (request.status >= 200 && request.status < 300) {
      bar.remove();
      state.textContent = "已上传";
      if (answer.html) item.innerHTML = answer.html;
      box.dispatchEvent(new CustomEvent("gongkai:uploaded", { bubbles: true, detail: answer }));
    } else {
      fail(answer.error || `没有传上去（${request.status}）`);
    }
  });
  request.addEventListener("error", () => fail("网络不通，没有传上去"));
  request.send(data);
}

function take(box, files) {
  const input = box.querySelector("input[type=file]");
  const chosen = input.multiple ? [...files] : [...files].slice(0, 1);
  if (box.dataset.uploadUrl) {
    for (const file of chosen) send(box, file);
    input.value = "";
    return;
  }
  const transfer = new DataTransfer();
  for (const file of chosen) transfer.items.add(file);
  input.files = transfer.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

for (const box of document.querySelectorAll("[data-upload]")) {
  for (const name of ["dragenter", "dragover"]) {
    box.addEventListener(name, (event) => {
      event.preventDefault();
      box.classList.add("is-over");
    });
  }
  for (const name of ["dragleave", "drop"]) box.addEventListener(name, () => box.classList.remove("is-over"));
  box.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length) take(box, event.dataTransfer.files);
  });
  if (box.dataset.uploadUrl) {
    const input = box.querySelector("input[type=file]");
    input.addEventListener("change", (event) => {
      event.stopPropagation();
      take(box, event.target.files);
    });
    if (input.files.length) take(box, input.files); // chosen while this script was still on its way
  }
}
