/** English: the start page. It names the keys for every language. */

export default {
  'start.title': 'So that people come home',
  'start.lead':
    'This node takes part in exchanges between powers that do not have to trust each other. What they do together is one signed record; every node keeps all of it and checks it for itself.',
  'start.exchanges': 'Exchanges',
  'start.noExchange': 'No exchange has been opened yet.',
  'start.nodes': 'Nodes',
  'start.nodes.lead':
    'Each keeps its own copy of the record. Open another one’s page to see the same board from there.',
  'start.this': 'this page',
  'start.open': 'Open its page',
  'start.record': 'Record',
  'start.replay': 'Replay',
  'start.verified': 'Verified returns',
  'start.alarms': 'This node raises an alarm',
  'start.noAnswer': 'The node does not answer. What stands here is from {{ago}}.',
  'start.asking': 'Asking the node …',
  'start.size': 'Acts held',
  'start.cosigned': 'Cosigned by',
  'start.role': 'Role',
  'start.heard': 'Last heard',
  'start.name': 'Node',
  'start.gallery': 'Every component in every state',

  'node.host': 'host',
  'node.party': 'party',
  'node.observer': 'observer',

  'alarm.fork': 'Two histories: checkpoints that contradict each other',
  'alarm.stale': 'The host shows only older checkpoints',
  'alarm.rollback': 'The log went back to an older checkpoint',
  'alarm.rewrite': 'The log’s contents do not match its signed root',
  'alarm.dropped-act': 'An act is missing from the log or not at its promised place',
  'alarm.other-witness': 'An exchange accredits this party with another witness key than this node’s',
  'alarm.refused-act': 'The log holds an act that the rules refuse',
  'alarm.frozen': 'No newer checkpoint within the allowed time',
  'alarm.store': 'The node’s own stored data does not match what it signed',
} as const;
