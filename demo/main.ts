import '../src/define.js';
import './demo-app.js';
