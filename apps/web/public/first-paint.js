// Runs before the first paint, so that a dark page does not flash light and an Arabic page does not jump.
// Forbids the schema library to compile text into code, which the policy of the pages would refuse and report.
window.__zod_globalConfig = { jitless: true };
(function () {
  var root = document.documentElement;
  var read = function (key) {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };
  var scheme = read('homeward-scheme');
  var dark = scheme === 'dark' || (scheme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  root.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
  // Each language with its direction, as the build writes them into the page: `en:ltr ar:rtl`.
  var spoken = {};
  document.currentScript.dataset.languages.split(' ').forEach(function (one) {
    spoken[one.split(':')[0]] = one.split(':')[1];
  });
  var wanted = [read('homeward-language')].concat(navigator.languages || []);
  for (var i = 0; i < wanted.length; i++) {
    var code = String(wanted[i] || '').slice(0, 2);
    if (Object.prototype.hasOwnProperty.call(spoken, code)) {
      root.lang = code;
      root.dir = spoken[code];
      break;
    }
  }
})();
