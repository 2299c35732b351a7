// The words of data/interface.yml; scripts/generate.py puts each in its place, and rule ST025 knows the names.
declare const WORDS: Record<string, Record<string, string>>;
