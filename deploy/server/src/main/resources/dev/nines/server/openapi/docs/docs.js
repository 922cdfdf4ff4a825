'use strict';
const form = document.getElementById('access');
const refusal = document.getElementById('refusal');

form.addEventListener('submit', async event => {
  event.preventDefault();
  refusal.textContent = '';
  const token = document.getElementById('token').value.trim();
  const answer = await fetch('/api/v1/openapi', {
    headers: { Accept: 'application/json', Authorization: 'Bearer ' + token },
  });
  const body = await answer.json();
  if (answer.ok) {
    form.hidden = true;
    show(body, token);
  } else {
    refusal.textContent = body.detail;
  }
});

function show(spec, token) {
  const ui = SwaggerUIBundle({
    spec,
    dom_id: '#api',
    deepLinking: true,
    docExpansion: 'list',
    defaultModelsExpandDepth: 0,
    displayRequestDuration: true,
    filter: true,
    validatorUrl: null,
    onComplete: () => ui.preauthorizeApiKey('token', token),
  });
}
