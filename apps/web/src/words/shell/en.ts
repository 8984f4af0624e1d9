/** English: what surrounds and serves every page. It names the keys for every language. */

export default {
  product: 'Homeward',

  'shell.language': 'Language',
  'shell.scheme': 'Light or dark',
  'shell.scheme.auto': 'Same as device',
  'shell.scheme.light': 'Light',
  'shell.scheme.dark': 'Dark',
  'shell.skip': 'Skip to the content',
  'shell.nav': 'Pages',
  'shell.noNode': 'The node does not answer.',
  'shell.noAnswerYet':
    'The node does not answer, and has not answered since this page was opened. It is asked again.',
  'shell.servedBy': 'This page was served by',
  'shell.times': 'All times are UTC.',
  'shell.printed': 'Printed {{moment}} from {{address}}',
  'shell.copyLink': 'Copy link',
  'shell.copied': 'Copied',
  'shell.refused': 'The browser does not allow copying',
  'shell.renewed': 'The pages of this node were renewed.',
  'shell.renew': 'Open the new ones',

  'nav.start': 'Start',
  'nav.record': 'Record',
  'nav.verify': 'Verify',
  'nav.gallery': 'Components',

  'fault.title': 'This page could not be shown',
  'fault.text': 'Nothing was lost: what the page shows is kept in the log.',
  'fault.back': 'Back to the start page',
  'fault.reload': 'Open this page again',
  'fault.renewed':
    'The pages may have been renewed since this one was opened. Opening it again brings the new ones.',

  'missing.title': 'There is no such page',
  'missing.text': 'The address may be old, or from another version.',

  loading: 'Reading the log …',

  'word.notKnown': 'not known',
  'word.notCounted': 'not counted yet',
  'word.never': 'never',
  'word.nothing': 'nothing',
  'word.mediator': 'The mediator',
  'word.anotherParty': 'another party',
  'word.unlimited': 'all',
  'word.free': 'set free where they are',

  'leg.name': '{{from}} → {{to}}',

  'nav.board': 'Live board',

  'replica.live': 'live',
  'replica.loading': 'Reading the record: {{have}} of {{size}}',
  'replica.cut': 'No connection. Last heard {{ago}}; the figures may be old.',
  'replica.gap': 'The node sent act {{got}} where {{expected}} was due. It is asked again.',
  'replica.changed': 'The node now serves other bytes for act {{index}} than before. The record was altered.',
  'replica.shrunk': 'The node held {{had}} and now says {{size}}. A record never shrinks.',
  'replica.other-log': 'The node now serves another log: {{origin}} instead of {{was}}.',
  'replica.refused': 'Act {{index}} stands in the log although the rules refuse it: {{reason}}',
  'replica.partial': 'Read by this page: {{have}} of {{size}}. Of the rest it knows nothing.',
  'replica.program':
    'The part of this page that reads the log has stopped through a fault of the program. That says nothing about the record. Open the page again.',

  'status.unopened': 'not opened',
  'status.open': 'under way',
  'status.suspended': 'suspended',
  'status.completed': 'completed',
  'status.cancelled': 'cancelled',

  'figure.of': '{{n}} of {{of}}',

  'word.yes': 'yes',
  'word.no': 'no',

  'n.ofPersons': { one: '{{n}} person', other: '{{n}} persons' },
  'n.ofActs': { one: 'of {{n}} act', other: 'of {{n}} acts' },
  'n.persons': { one: '{{n}} person', other: '{{n}} persons' },
  'n.acts': { one: '{{n}} act', other: '{{n}} acts' },
  'n.vehicles': { one: '{{n}} vehicle', other: '{{n}} vehicles' },
  'n.bytes': { one: '{{n}} byte', other: '{{n}} bytes' },
  'n.matches': { one: '{{n}} act found', other: '{{n}} acts found' },
  'progress.verified': 'verified return',
  'progress.underWay': 'under way',
  'progress.approved': 'approved',
  'progress.agreed': 'agreed',
} as const;
