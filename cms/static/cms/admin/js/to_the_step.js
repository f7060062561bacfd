/* Who comes to the editor for one step (#block-…) gets to it, though the steps above grow while they are being fitted
   out. The first touch, key or turn of the wheel ends it. */
window.addEventListener("load", () => {
  const step = location.hash.startsWith("#block-") && document.getElementById(location.hash.slice(1));
  if (!step) return;

  let left = 8;
  const stop = () => (left = 0);
  for (const own of ["wheel", "keydown", "pointerdown"]) addEventListener(own, stop, { once: true, passive: true });

  step.style.scrollMarginTop = "96px";
  (function go() {
    if (left-- < 1) return;
    step.scrollIntoView();
    setTimeout(go, 250);
  })();
});
