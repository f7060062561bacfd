// A long roll is narrowed to the names that have these characters in them. Without scripts everybody stands there.
const box = document.querySelector(".roll-find");

if (box) {
  const people = [...document.querySelectorAll(".roll-lines > li")];
  const found = box.querySelector("[role=status]");

  box.hidden = false;
  box.querySelector("input").addEventListener("input", (event) => {
    const words = event.target.value.trim();
    for (const person of people) {
      person.hidden = !person.querySelector("legend").textContent.includes(words);
    }
    const many = people.filter((person) => !person.hidden).length;
    found.textContent = words ? `找到 ${many} 位` : "";
  });
  // Enter would press the first button, which puts everybody down.
  box.querySelector("input").addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
    }
  });
}
