/** What surrounds every page. */
import './shell.css';
import '../marks/marks.css';
import { useDirection, useMantineColorScheme } from '@mantine/core';
import { Link, Outlet, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { useRenewed } from '../browser/renewal.ts';
import { useNodeStatus } from '../node/use-node-status.ts';
import { directionOf, isLanguage, languages, ownNameOf } from '../words/languages.ts';
import { Label } from '../words/label.tsx';
import { speak } from '../words/start-words.ts';
import { useWords } from '../words/use-words.ts';
import { catchFiles } from '../browser/dropped-file.ts';
import { useHeadingFocus } from './heading-focus.ts';

function LanguageChoice() {
  const { t, language } = useWords();
  const { setDirection } = useDirection();
  useEffect(() => setDirection(directionOf(language)), [language, setDirection]);
  return (
    <select
      className="hw-select"
      aria-label={t('shell.language')}
      value={language}
      onChange={(event) => {
        const code = event.currentTarget.value;
        if (isLanguage(code)) void speak(code);
      }}
    >
      {languages.map((code) => (
        <option key={code} value={code} lang={code}>
          {ownNameOf(code)}
        </option>
      ))}
    </select>
  );
}

function SchemeChoice() {
  const { t } = useWords();
  // Without this option the library writes a style element to still the transitions.
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  return (
    <select
      className="hw-select"
      aria-label={t('shell.scheme')}
      value={colorScheme}
      onChange={(event) => {
        const value = event.currentTarget.value;
        if (value === 'auto' || value === 'light' || value === 'dark') setColorScheme(value);
      }}
    >
      <option value="auto">{t('shell.scheme.auto')}</option>
      <option value="light">{t('shell.scheme.light')}</option>
      <option value="dark">{t('shell.scheme.dark')}</option>
    </select>
  );
}

function Foot() {
  const { t } = useWords();
  const status = useNodeStatus();
  return (
    <footer className="hw-foot hw-no-print">
      <div className="hw-foot-in">
        {status.data === undefined ? (
          status.isError ? (
            <span>{t('shell.noNode')}</span>
          ) : null
        ) : (
          <span>
            {t('shell.servedBy')} <Label text={status.data.name} />
          </span>
        )}
        <span>{t('shell.times')}</span>
        <Link to="/gallery">{t('nav.gallery')}</Link>
      </div>
    </footer>
  );
}

/** On paper, a page says when it was printed and from where. */
function Printed() {
  const { t, moment, quote } = useWords();
  const [at, setAt] = useState(() => new Date().toISOString());
  useEffect(() => {
    const note = () => flushSync(() => setAt(new Date().toISOString()));
    addEventListener('beforeprint', note);
    return () => removeEventListener('beforeprint', note);
  }, []);
  return (
    <p className="hw-only-print hw-small">
      {t('shell.printed', { moment: moment(at), address: quote(location.href, 300) })} {t('shell.times')}
    </p>
  );
}

/** That newer pages are here: a wall that stays open for weeks would never show them by itself. */
function Renewed() {
  const { t } = useWords();
  return useRenewed() ? (
    <div className="hw-renewed hw-no-print" role="status">
      <span>{t('shell.renewed')}</span>
      <button type="button" className="hw-go" onClick={() => location.reload()}>
        {t('shell.renew')}
      </button>
    </div>
  ) : null;
}

/** What surrounds every page: the way to the others, the language, the light, and whose node this is. */
export function Shell() {
  const { t } = useWords();
  const navigate = useNavigate();
  useHeadingFocus();
  useEffect(() => catchFiles(() => void navigate({ to: '/verify' })), [navigate]);
  return (
    <div className="hw-shell">
      <a className="hw-skip" href="#content">
        {t('shell.skip')}
      </a>
      <header className="hw-top hw-no-print">
        <div className="hw-top-in">
          <Link to="/" className="hw-brand">
            <img src="/icon.svg" alt="" />
            <bdi translate="no">{t('product')}</bdi>
          </Link>
          <nav className="hw-nav" aria-label={t('shell.nav')}>
            <Link to="/" activeOptions={{ exact: true }}>
              {t('nav.start')}
            </Link>
            <Link to="/record">{t('nav.record')}</Link>
            <Link to="/verify">{t('nav.verify')}</Link>
          </nav>
          <div className="hw-tools">
            <LanguageChoice />
            <SchemeChoice />
          </div>
        </div>
      </header>
      <Renewed />
      <main className="hw-main" id="content" tabIndex={-1}>
        <Outlet />
      </main>
      <Foot />
      <Printed />
    </div>
  );
}
