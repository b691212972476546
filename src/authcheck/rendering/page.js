// Without the script everything can be read and unfolded; it adds the two buttons, and unfolds for a printer.
(function () {
  "use strict";
  var folds = document.querySelectorAll("details");
  function unfold(open) { folds.forEach(function (fold) { fold.open = open; }); }
  document.querySelectorAll("[data-unfold]").forEach(function (button) {
    button.hidden = folds.length === 0;
    button.addEventListener("click", function () { unfold(button.dataset.unfold === "all"); });
  });
  var folded = [];
  addEventListener("beforeprint", function () {
    folded = Array.from(folds).filter(function (fold) { return !fold.open; });
    unfold(true);
  });
  addEventListener("afterprint", function () { folded.forEach(function (fold) { fold.open = false; }); });
})();
