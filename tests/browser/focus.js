// Where the keyboard's focus is, and whether it can be seen: null on the page itself.
() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const all = [...document.querySelectorAll("*")];
  const outlined = (style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const ringed = (style) => style.stroke !== "none" && parseFloat(style.strokeWidth) >= 2;
  const shows = [getComputedStyle(element)];
  // The design system hides the box of a checkbox and draws it beside.
  if (element.matches("input") && element.nextElementSibling) shows.push(getComputedStyle(element.nextElementSibling));
  const ring = element.querySelector(".ring");
  const box = element.getBoundingClientRect();
  // A link that breaks over two lines is looked for on its first, a point of the map where it is drawn.
  const line = (element.querySelector(":scope > .hit") || element).getClientRects()[0] || box;
  const on = document.elementFromPoint(line.left + Math.min(line.width / 2, 12), line.top + line.height / 2);
  return {
    place: all.indexOf(element),
    what: `${element.localName} “${(element.textContent || element.getAttribute("aria-label") || element.name || "").trim().replace(/\s+/g, " ").slice(0, 50)}”`,
    shown: shows.some(outlined) || Boolean(ring && ringed(getComputedStyle(ring))),
    inView: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    covered: Boolean(on) && on !== element && !element.contains(on) && !on.contains(element) && !(element.labels && [...element.labels].some((label) => label.contains(on))),
  };
}
