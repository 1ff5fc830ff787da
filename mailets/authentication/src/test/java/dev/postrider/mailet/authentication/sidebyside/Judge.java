package dev.postrider.mailet.authentication.sidebyside;

import java.io.IOException;
import java.util.List;

/** Somebody who judges mails. */
interface Judge {

  String name();

  /** One judgement for each mail, in the order of the mails. */
  List<Judgement> judge(List<Sent> mails) throws IOException, InterruptedException;
}
