// A page that shows how far a job is looks again by itself, in place, until the job has come to an end; then the page it leads to is opened.
"use strict";
const piece = document.querySelector("[data-look-again]");
const look = async () => {
  try {
    const answer = await fetch(location.href, { credentials: "same-origin" });
    const found = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-look-again]");
    if (!answer.ok || answer.redirected || !found) return location.reload();
    if (found.innerHTML !== piece.innerHTML) piece.innerHTML = found.innerHTML;
  } catch {
    // The service does not answer at the moment: the next look may find it again, and the link is there.
  }
  setTimeout(look, piece.dataset.lookAgain * 1000);
};
if (piece) setTimeout(look, piece.dataset.lookAgain * 1000);
