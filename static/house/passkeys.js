// Passkeys: asks the browser to make one or to show one, and sends what it answers with the form.
// A form says which by `data-passkey` ("make" or "show"), and where its question lies by `data-question`: an address, or
// the id of a JSON script on the page. Until this script runs the form is hidden, and words stand in its place.

const toBytes = (text) => {
  const plain = text.replace(/-/g, "+").replace(/_/g, "/");
  return Uint8Array.from(atob(plain.padEnd(Math.ceil(plain.length / 4) * 4, "=")), (letter) => letter.charCodeAt(0));
};
const toText = (buffer) =>
  buffer &&
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");

const known = (list) => (list || []).map((one) => ({ ...one, id: toBytes(one.id) }));

const ask = {
  make: ({ publicKey }) =>
    navigator.credentials.create({
      publicKey: {
        ...publicKey,
        challenge: toBytes(publicKey.challenge),
        user: { ...publicKey.user, id: toBytes(publicKey.user.id) },
        excludeCredentials: known(publicKey.excludeCredentials),
      },
    }),
  show: ({ publicKey }) =>
    navigator.credentials.get({
      publicKey: {
        ...publicKey,
        challenge: toBytes(publicKey.challenge),
        allowCredentials: known(publicKey.allowCredentials),
      },
    }),
};

const written = (credential) => {
  const { response } = credential;
  const answer = { clientDataJSON: toText(response.clientDataJSON) };
  if (response.attestationObject) {
    answer.attestationObject = toText(response.attestationObject);
    answer.transports = response.getTransports ? response.getTransports() : [];
  } else {
    answer.authenticatorData = toText(response.authenticatorData);
    answer.signature = toText(response.signature);
    answer.userHandle = toText(response.userHandle) || null;
  }
  return JSON.stringify({
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    response: answer,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
};

const questionOf = async (form) => {
  const { question } = form.dataset;
  const onPage = document.getElementById(question);
  if (onPage) return JSON.parse(onPage.textContent);
  const answer = await fetch(question, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error("no question");
  return (await answer.json()).request_options;
};

const prepare = (form) => {
  const words = form.querySelector("[data-passkey-failed]");
  const credential = form.elements.namedItem("credential");
  form.hidden = false;
  for (const instead of document.querySelectorAll("[data-without-passkeys]")) instead.hidden = true;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    words.hidden = true;
    try {
      const question = await questionOf(form);
      credential.value = written(await ask[form.dataset.passkey](question));
      form.submit();
    } catch {
      words.hidden = false;
    }
  });
};

if (window.PublicKeyCredential && navigator.credentials) {
  for (const form of document.querySelectorAll("form[data-passkey]")) prepare(form);
}
