package dev.postrider.kernel.host.xml;

import dev.postrider.kernel.problem.Place;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.configuration2.XMLConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.commons.configuration2.io.FileHandler;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.xml.sax.SAXParseException;

/** Reads XML files with Apache Commons Configuration. */
public final class XmlReader {

  private final Map<String, String> environment;

  /** The variables that {@code ${env:NAME}} may name. */
  public XmlReader(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /**
   * The file's root element.
   *
   * @param file the file
   * @param shownAs how messages name it
   * @param problems gets what is wrong
   * @return empty where the file can't be read as XML at all
   */
  public Optional<XmlNode> read(Path file, String shownAs, Problems problems) {
    Place whole = new Place(shownAs, 0);
    if (!Files.isRegularFile(file)) {
      problems.add(whole, "the file is missing", "'postrider init' writes one");
      return Optional.empty();
    }
    XMLConfiguration configuration = new XMLConfiguration();
    configuration.setDocumentBuilder(new LineTaggingBuilder());
    try (InputStream in = Files.newInputStream(file)) {
      new FileHandler(configuration).load(in);
    } catch (IOException e) {
      problems.add(whole, "the file can't be read: " + e.getMessage(), "check its permissions");
      return Optional.empty();
    } catch (ConfigurationException e) {
      report(e, shownAs, problems);
      return Optional.empty();
    }
    ImmutableNode root = configuration.getNodeModel().getNodeHandler().getRootNode();
    Conversion conversion = new Conversion(shownAs, new Placeholders(environment), problems);
    return Optional.of(conversion.node(root));
  }

  private static void report(ConfigurationException failure, String shownAs, Problems problems) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SAXParseException parse) {
        Place place = new Place(shownAs, Math.max(0, parse.getLineNumber()));
        String reason = String.valueOf(parse.getMessage());
        if (reason.contains("DOCTYPE")) {
          problems.add(place, "a DOCTYPE is not allowed", "remove it; entities are not supported");
        } else {
          problems.add(place, "not well-formed XML: " + reason, "");
        }
        return;
      }
    }
    problems.add(new Place(shownAs, 0), "the file can't be read: " + failure.getMessage(), "");
  }

  private record Conversion(String file, Placeholders placeholders, Problems problems) {

    XmlNode node(ImmutableNode from) {
      Map<String, Object> raw = from.getAttributes();
      Place place =
          new Place(file, Integer.parseInt(String.valueOf(raw.get(LineTaggingBuilder.LINE))));
      Map<String, String> attributes = new HashMap<>();
      raw.forEach(
          (name, value) -> {
            if (!name.equals(LineTaggingBuilder.LINE)) {
              attributes.put(name, placeholders.fill(value.toString(), place, problems));
            }
          });
      String text = from.getValue() == null ? "" : from.getValue().toString().strip();
      List<XmlNode> children = new ArrayList<>();
      from.getChildren().forEach(child -> children.add(node(child)));
      return new XmlNode(
          from.getNodeName(),
          attributes,
          placeholders.fill(text, place, problems),
          children,
          place);
    }
  }
}
