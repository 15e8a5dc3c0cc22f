// What a public page does with a script: print. Everything else works without one.
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});
