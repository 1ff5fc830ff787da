package dev.postrider.mailet.spam.reading;

/**
 * What the HTML of a mail is like, in figures.
 *
 * @param visible characters that are shown
 * @param hidden characters that are there and not shown
 * @param comments characters in comments
 * @param tags tags in all
 * @param images pictures
 * @param links anchors with a target
 * @param deceptive anchors whose text names another domain than their target
 * @param active scripts, forms, frames and embedded objects
 * @param broken whether a comment, tag or script has no end, or tags lie too deep
 */
public record HtmlShape(
    int visible,
    int hidden,
    int comments,
    int tags,
    int images,
    int links,
    int deceptive,
    int active,
    boolean broken) {

  /** Of a mail without HTML. */
  public static final HtmlShape NONE = new HtmlShape(0, 0, 0, 0, 0, 0, 0, 0, false);

  /** Whether there is any. */
  public boolean isHtml() {
    return tags > 0;
  }

  /** Of two parts together. */
  HtmlShape plus(HtmlShape other) {
    return new HtmlShape(
        visible + other.visible,
        hidden + other.hidden,
        comments + other.comments,
        tags + other.tags,
        images + other.images,
        links + other.links,
        deceptive + other.deceptive,
        active + other.active,
        broken || other.broken);
  }
}
