/* A saved draft's answer makes Wagtail draw all 批注 anew, and the one that is being written is gone with its words.
   So while somebody writes one, the answer's 批注 are passed over; the next save brings them. Only one that was sent
   a moment ago and has no number yet needs its answer: without it, it would be saved a second time. */
(() => {
  const writing = (one) => ["creating", "editing"].includes(one.mode) || !!one.newReply;
  const unnumbered = (one) => one.mode !== "creating" && one.remoteId === null;

  function busy() {
    const comments = [...(window.comments?.commentApp.store.getState().comments.comments.values() ?? [])];
    const every = comments.flatMap((comment) => [comment, ...comment.replies.values()]);
    return every.some(writing) && !every.some(unnumbered);
  }

  document.addEventListener(
    "w-autosave:success",
    ({ detail }) => {
      if (detail?.data?.comments && busy()) delete detail.data.comments;
    },
    true,
  );
})();
