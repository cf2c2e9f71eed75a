// What ECharts misses outside a browser, and the one function that Python calls.
"use strict";
var self = globalThis, global = globalThis;
var setTimeout = function () { return 0; }, clearTimeout = function () {};
var console = { log: function () {}, warn: function () {}, error: function () {} };
var WIDE = {};

// A letter is as wide in the picture as in the font it will be drawn with.
function learn(widths) {
  var found = JSON.parse(widths);
  Object.keys(found).forEach(function (wide) {
    found[wide].forEach(function (letter) { WIDE[letter] = wide / 1000; });
  });
  echarts.setPlatformAPI({
    measureText: function (text, font) {
      var size = parseFloat((/(\d+(\.\d+)?)px/.exec(font || "") || [0, 12])[1]);
      var bold = /bold|[6-9]00/.test(font || "") ? 1.06 : 1;
      var sum = 0;
      for (var letter of text || "") {
        var wide = WIDE[letter.codePointAt(0)];
        sum += wide === undefined ? 0.6 : wide;
      }
      return { width: sum * size * bold };
    }
  });
}

function render(option, width, height) {
  var chart = echarts.init(null, null, { renderer: "svg", ssr: true, width: width, height: height });
  chart.setOption(JSON.parse(option));
  var drawn = chart.renderToSVGString();
  chart.dispose();
  return JSON.stringify(drawn); // the string itself may be a rope, which Python cannot take
}
