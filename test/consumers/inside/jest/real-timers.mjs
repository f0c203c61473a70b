// bisik takes `setTimeout` when it loads, and fake timers for all tests come right after this file.
import 'bisik'
