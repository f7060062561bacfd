// A table that fits needs no stop of its own for the keyboard. Without scripts every table has one.
for (const region of document.querySelectorAll("[data-desk-scroll]")) {
  new ResizeObserver(() => {
    region.tabIndex = region.scrollWidth > region.clientWidth ? 0 : -1;
  }).observe(region);
}

// What has to be mended is read out first.
document.querySelector(".desk-problems")?.focus();
