// Entry of the desk's scripts; each concern is a module of its own.
import "./keyboard.js";
import "./autosave.js";
