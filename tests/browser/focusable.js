// The places, in the order of the document, of everything that the keyboard should stop at.
() => {
  const all = [...document.querySelectorAll("*")];
  const stops = all.filter((one) => one.matches("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]") && one.tabIndex >= 0 && !one.disabled);
  const shown = stops.filter((one) => one.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true }));
  // Of a group of radio buttons one is a stop: the chosen one, or the first.
  const group = (one) => shown.filter((other) => other.type === "radio" && other.name === one.name && other.form === one.form);
  const isStop = (one) => one.type !== "radio" || one === (group(one).find((other) => other.checked) || group(one)[0]);
  return shown.filter(isStop).map((one) => all.indexOf(one));
}
