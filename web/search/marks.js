// What the engine puts around its hits; whoever shows them makes elements of it. Private characters, in no text of ours.

const MARK_FROM = '\ue000';
const MARK_TO = '\ue001';
