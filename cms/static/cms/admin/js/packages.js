/* 内容包: tells how far a long export or import is; when it is done, shows its page again. Without this script
   the page's own link does the same. */
(() => {
  const box = document.querySelector("[data-package-progress]");
  if (!box) return;

  const show = ({ done, total }) => {
    box.querySelector("[data-package-done]").textContent = done;
    box.querySelector("[data-package-total]").textContent = total;
    const bar = box.querySelector("progress");
    bar.max = total || 1;
    bar.value = done;
  };

  const look = async () => {
    try {
      const answer = await fetch(box.dataset.packageProgress);
      if (answer.ok) {
        const state = await answer.json();
        if (!state.under_way) return void location.reload();
        show(state);
      }
    } catch {
      // Off line for a moment: the next look tells.
    }
    setTimeout(look, 2000);
  };

  setTimeout(look, 2000);
})();
