// 离站提示: asks before a link leads out of government sites. The link says so in words too, without a script; it goes where
// it says, no address of ours passes readers on.
function dialog(link) {
  const site = document.querySelector('meta[name="SiteName"]')?.content || document.title;
  const box = document.createElement("dialog");
  box.className = "leaving";
  box.setAttribute("aria-labelledby", "leaving-title");
  const text = (tag, words, className = "") => {
    const one = document.createElement(tag);
    one.textContent = words;
    one.className = className;
    box.append(one);
    return one;
  };
  text("p", `您访问的链接即将离开“${site}”网站，是否继续？`, "leaving-title").id = "leaving-title";
  text("p", `将要打开：${new URL(link.href).host}`, "leaving-address");
  const acts = text("div", "", "acts");
  const button = (words, kind, act) => {
    const one = document.createElement("button");
    one.type = "button";
    one.className = `btn ${kind}`;
    one.textContent = words;
    one.addEventListener("click", act);
    acts.append(one);
  };
  button("继续访问", "btn--go", () => {
    box.close();
    location.assign(link.href);
  });
  button("留在本网站", "", () => box.close());
  box.addEventListener("close", () => {
    box.remove();
    link.focus();
  });
  document.body.append(box);
  box.showModal();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-outside]");
  if (!link || event.defaultPrevented) return;
  event.preventDefault();
  dialog(link);
});
