/** English: the replay. It names the keys for every language. */

export default {
  'replay.title': 'Replay',
  'replay.lead': 'The board as it stood after any act. Nothing here changes the record.',
  'replay.slider': 'Place in the record',
  'replay.at': 'After {{position}} of {{of}} acts',
  'replay.play': 'Play',
  'replay.pause': 'Pause',
  'replay.first': 'To the beginning',
  'replay.last': 'To the end',
  'replay.back': 'One act back',
  'replay.next': 'One act on',
  'replay.speed': 'Acts per second',
  'replay.end': 'This is the end: the same as the live board.',
} as const;
