// Asks the browser for a passkey and sends its answer with the form. Each form says what is asked: data-passkey "create" or "get", and data-question.
"use strict";

const bytesOf = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));

const textOf = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const questionOf = (form) => {
  const asked = JSON.parse(form.dataset.question).publicKey;
  const named = (list) => (list ?? []).map((one) => ({ ...one, id: bytesOf(one.id) }));
  const question = { ...asked, challenge: bytesOf(asked.challenge) };
  if (asked.user) question.user = { ...asked.user, id: bytesOf(asked.user.id) };
  if (asked.excludeCredentials) question.excludeCredentials = named(asked.excludeCredentials);
  if (asked.allowCredentials) question.allowCredentials = named(asked.allowCredentials);
  return question;
};

const answerOf = (found) => {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (found.response[name]) response[name] = textOf(found.response[name]);
  }
  return { id: found.id, rawId: textOf(found.rawId), type: found.type, clientExtensionResults: found.getClientExtensionResults(), response };
};

const ask = async (form) => {
  const failed = form.querySelector("[data-failed]");
  failed.hidden = true;
  try {
    const found = await navigator.credentials[form.dataset.passkey]({ publicKey: questionOf(form) });
    form.elements.credential.value = JSON.stringify(answerOf(found));
    form.submit();
  } catch {
    // Declined, waited too long, or no passkey fits: the browser does not say which, on purpose.
    failed.hidden = false;
  }
};

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  for (const part of form.querySelectorAll("[data-with-passkey]")) part.hidden = false;
  form.querySelector("[data-without-passkey]").hidden = true;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(form);
  });
}
