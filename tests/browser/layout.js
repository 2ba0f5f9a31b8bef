// What is wrong with how a page is laid out, as sentences. Evaluated in the page; changes nothing.
//   text that leaves the viewport, its box, or a box that cuts it · words cut in two · texts or controls that overlap · text under something else · small targets
(asked) => {
  const WIDTH = document.documentElement.clientWidth;
  const SLACK = 1.5; // pixels: less than a hair, more than rounding
  const TARGET = 24; // WCAG 2.2, 2.5.8
  const MOST = 8; // findings of one kind on one page
  const found = [];
  const counts = {};
  const say = (kind, sentence) => {
    counts[kind] = (counts[kind] || 0) + 1;
    if (counts[kind] <= MOST) found.push(`${kind}: ${sentence}`);
  };
  const quoted = (words) => `“${words.trim().replace(/\s+/g, " ").slice(0, 50)}”`;
  const named = (element) => {
    const classes = element.getAttribute("class");
    return element.localName + (element.id ? `#${element.id}` : "") + (classes ? `.${classes.trim().replace(/\s+/g, ".")}` : "") + " " + quoted(element.textContent || element.value || "");
  };

  const styles = new Map();
  const styleOf = (element) => {
    if (!styles.has(element)) styles.set(element, getComputedStyle(element));
    return styles.get(element);
  };
  const ancestors = (element) => {
    const line = [];
    for (let at = element; at && at !== document.documentElement; at = at.parentElement) line.push(at);
    return line;
  };
  // Words for those who listen (a box of one pixel, clipped), and the link that shows itself when focused.
  const onlyHeard = (element) => ancestors(element).some((at) => styleOf(at).clipPath === "inset(50%)" || at.matches("a.skip"));
  const isShown = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true }) && !onlyHeard(element);
  const blockOf = (element) => ancestors(element).find((at) => at.namespaceURI.endsWith("xhtml") && !["inline", "contents"].includes(styleOf(at).display)) || document.body;
  const meets = (one, other, slack) =>
    Math.min(one.right, other.right) - Math.max(one.left, other.left) > slack && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > slack;

  // --- every line of every text ---------------------------------------------------------------------------------------------
  const lines = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const shownOf = new Map();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || ["SCRIPT", "STYLE", "NOSCRIPT", "OPTION", "TITLE", "TEXTAREA"].includes(element.tagName.toUpperCase())) continue;
    if (!shownOf.has(element)) shownOf.set(element, isShown(element));
    if (!shownOf.get(element)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) if (box.width > 0.5 && box.height > 0.5) lines.push({ node, element, box });
  }

  // --- inside the viewport, inside its own box, not cut by a box; what has scrolled out of sight is not looked at further -------
  const SCROLLS = ["auto", "scroll"];
  const CUTS = ["hidden", "clip"];
  const inSight = lines.filter(({ node, element, box }) => {
    let scrolls = false;
    let seen = true;
    for (const at of ancestors(element)) {
      const style = styleOf(at);
      if (style.overflowX === "visible" && style.overflowY === "visible") continue;
      const edge = at.getBoundingClientRect();
      const aside = box.left < edge.left - SLACK || box.right > edge.right + SLACK;
      const across = box.top < edge.top - SLACK - 2 || box.bottom > edge.bottom + SLACK + 2;
      if (SCROLLS.includes(style.overflowX)) {
        scrolls = true;
        if (!meets(box, edge, 0)) seen = false;
      } else if (!scrolls && ((aside && CUTS.includes(style.overflowX)) || (across && CUTS.includes(style.overflowY)))) {
        say("cut off", `${quoted(node.data)} by ${named(at)}`);
      }
    }
    if (!scrolls && (box.right > WIDTH + SLACK || box.left < -SLACK)) say("outside the page", `${quoted(node.data)} from ${Math.round(box.left)} to ${Math.round(box.right)} of ${WIDTH}`);
    const own = blockOf(element).getBoundingClientRect();
    if (element.namespaceURI.endsWith("xhtml") && own.width > 1 && (box.right > own.right + 2 || box.left < own.left - 2)) say("out of its box", `${quoted(node.data)} of ${named(blockOf(element))}`);
    return seen;
  });

  // --- no two texts on one another: lines may stand close, so only the middle of the letters counts ---------------------------------
  const letters = inSight.map((line) => {
    const { left, right, top, height } = line.box;
    return { ...line, left, right, top: top + height * 0.27, bottom: top + height * 0.78 };
  });
  letters.sort((one, other) => one.top - other.top);
  letters.forEach((one, place) => {
    for (let next = place + 1; next < letters.length && letters[next].top < one.bottom; next++) {
      const other = letters[next];
      if (one.node !== other.node && meets(one, other, 1)) say("texts overlap", `${quoted(one.node.data)} and ${quoted(other.node.data)}`);
    }
  });

  // --- a heading breaks between words, or at a hyphen: letters that end a line and letters that begin the next are a word cut in two ------
  const letter = (range, node, place) => {
    range.setStart(node, place);
    range.setEnd(node, place + 1);
    return range.getBoundingClientRect();
  };
  for (const { node, element } of new Map(inSight.map((line) => [line.node, line])).values()) {
    if (!element.closest("h1, h2, h3, h4, th, legend, label, button") || node.data.trim().length < 8) continue;
    const range = document.createRange();
    for (const { index } of node.data.matchAll(/(?<=\p{L})(?=\p{L})/gu)) {
      const [one, other] = [letter(range, node, index - 1), letter(range, node, index)];
      if (other.top >= one.bottom - one.height / 2 && other.left < one.left) say("word cut in two", `${quoted(node.data)} at ${quoted(node.data.slice(index - 8, index))}`);
    }
  }

  // --- nothing lies on a text -----------------------------------------------------------------------------------------------------------
  if (asked.whole) {
    for (const { node, element, left, right, top, bottom } of letters) {
      const on = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
      if (!on || on === element || on.contains(element) || element.contains(on)) continue;
      if (on.closest("a") && on.closest("a") === element.closest("a")) continue;
      say("covered", `${quoted(node.data)} by ${named(on)}`);
    }
  }

  // --- controls: large enough, and not on one another -----------------------------------------------------------------------------------
  const CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']:not(svg)";
  const parts = (element) => (element.namespaceURI.endsWith("svg") ? [...element.querySelectorAll("path, circle, rect, text")] : [element]);
  const boxesOf = (element) => parts(element).flatMap((part) => [...part.getClientRects()]).filter((box) => box.width > 0 && box.height > 0);
  const around = (boxes) => ({
    left: Math.min(...boxes.map((box) => box.left)),
    right: Math.max(...boxes.map((box) => box.right)),
    top: Math.min(...boxes.map((box) => box.top)),
    bottom: Math.max(...boxes.map((box) => box.bottom)),
  });
  const controls = [...document.querySelectorAll(CONTROLS)].filter(isShown).map((element) => ({ element, boxes: boxesOf(element) })).filter(({ boxes }) => boxes.length);
  // A link within a sentence is as high as the line that it stands in.
  const inSentence = (element) => {
    if (!["inline", "inline-block"].includes(styleOf(element).display)) return false;
    const rest = [...blockOf(element.parentElement).childNodes].map((node) => node.textContent).join("").replace(element.textContent, "");
    return /\p{L}{2}/u.test(rest);
  };
  const targets = controls.map(({ element, boxes }) => {
    const labels = [...(element.labels || [])].filter(() => ["checkbox", "radio"].includes(element.type)).flatMap((label) => [...label.getClientRects()]);
    const whole = around([...boxes, ...labels]);
    const [x, y] = [(whole.left + whole.right) / 2, (whole.top + whole.bottom) / 2];
    const small = whole.right - whole.left < TARGET - 0.5 || whole.bottom - whole.top < TARGET - 0.5;
    return { element, boxes, whole, small, x, y };
  });
  // A small target is let be where it has air: a circle of the required size around its middle meets no other target, nor such a circle.
  const near = (one, other) => {
    const reach = TARGET / 2 - 0.5;
    if (other.small && Math.hypot(one.x - other.x, one.y - other.y) < 2 * reach) return true;
    return other.boxes.some((box) => Math.hypot(Math.max(box.left - one.x, 0, one.x - box.right), Math.max(box.top - one.y, 0, one.y - box.bottom)) < reach);
  };
  for (const one of targets) {
    if (!one.small || inSentence(one.element)) continue;
    if (targets.some((other) => other !== one && near(one, other))) say("small target", `${named(one.element)} ${Math.round(one.whole.right - one.whole.left)} × ${Math.round(one.whole.bottom - one.whole.top)}`);
  }
  const flat = controls
    .filter(({ element }) => element.localName !== "summary" || !element.closest("details[open].menu"))
    .flatMap(({ element, boxes }) => boxes.map(({ left, right, top, bottom }) => ({ element, left, right, top, bottom })))
    .sort((one, other) => one.top - other.top);
  flat.forEach((one, place) => {
    for (let next = place + 1; next < flat.length && flat[next].top < one.bottom; next++) {
      const other = flat[next];
      if (one.element === other.element || one.element.contains(other.element) || other.element.contains(one.element)) continue;
      if (meets(one, other, 2)) say("controls overlap", `${named(one.element)} and ${named(other.element)}`);
    }
  });

  // --- pictures that did not come ---------------------------------------------------------------------------------------------------------
  for (const picture of document.images) if (picture.complete && !picture.naturalWidth) say("no picture", picture.src);

  // --- last, because it says least of where: the page itself scrolls sideways ------------------------------------------------------------------
  if (document.documentElement.scrollWidth > WIDTH) {
    const widest = [...document.body.querySelectorAll("*")].filter((one) => one.getBoundingClientRect().right > WIDTH + 1).slice(0, 3).map(named);
    say("scrolls sideways", `${document.documentElement.scrollWidth} of ${WIDTH}: ${widest.join(", ")}`);
  }
  for (const [kind, count] of Object.entries(counts)) if (count > MOST) found.push(`${kind}: ${count - MOST} more`);
  return found;
}
