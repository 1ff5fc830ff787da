package dev.postrider.kernel.contracts;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** Compiles plugins from source text and packs them into {@code plugins/NAME/NAME.jar}. */
public final class PluginWorkshop {

  private static final String SERVICE = "META-INF/services/dev.postrider.plugin.Plugin";

  private final Path plugins;
  private final Path scratch;

  /** Builds into {@code directory/plugins}. */
  public PluginWorkshop(Path directory) {
    this.plugins = directory.resolve("plugins");
    this.scratch = directory.resolve("scratch");
    try {
      Files.createDirectories(plugins);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the plugins are. */
  public Path plugins() {
    return plugins;
  }

  /**
   * Builds a plugin.
   *
   * @param name of the plugin
   * @param version for the manifest
   * @param entry the class that is its {@code Plugin}
   * @param sources source text by class name
   * @return the jar
   */
  public Path build(String name, String version, String entry, Map<String, String> sources) {
    return build(name, entry, sources, Map.of("Implementation-Version", version));
  }

  /** Builds a plugin with these attributes in its manifest; returns the jar. */
  public Path build(
      String name, String entry, Map<String, String> sources, Map<String, String> attributes) {
    try {
      Path classes = Files.createDirectories(scratch.resolve(name));
      compile(classes, sources);
      return pack(name, attributes, entry, classes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Packs the in-tree plugin whose entry class is on the test class path. */
  public void packInTree(String name, String entry) {
    try {
      Class<?> type = Class.forName(entry);
      Path source = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isDirectory(source)) {
        pack(name, Map.of("Implementation-Version", "1.2.3"), entry, source);
      } else {
        Files.copy(source, Files.createDirectories(plugins.resolve(name)).resolve(name + ".jar"));
      }
    } catch (Exception e) {
      throw new IllegalStateException(entry + " can't be packed", e);
    }
  }

  private static void compile(Path classes, Map<String, String> sources) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    List<JavaFileObject> units = new ArrayList<>();
    sources.forEach((name, text) -> units.add(new Source(name, text)));
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
      boolean done =
          compiler
              .getTask(null, files, diagnostics, List.of("-proc:none", "-parameters"), null, units)
              .call();
      if (!done) {
        StringBuilder out = new StringBuilder();
        for (Diagnostic<?> diagnostic : diagnostics.getDiagnostics()) {
          out.append(diagnostic).append('\n');
        }
        throw new IllegalArgumentException(out.toString());
      }
    }
  }

  private Path pack(String name, Map<String, String> attributes, String entry, Path classes)
      throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.forEach(manifest.getMainAttributes()::putValue);
    Path jar = Files.createDirectories(plugins.resolve(name)).resolve(name + ".jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream packed = new JarOutputStream(out, manifest);
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
        packed.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        Files.copy(file, packed);
      }
      packed.putNextEntry(new JarEntry(SERVICE));
      try (InputStream text = new ByteArrayInputStream(entry.getBytes(StandardCharsets.UTF_8))) {
        text.transferTo(packed);
      }
    }
    return jar;
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String name, String text) {
      super(URI.create("string:///" + name.replace('.', '/') + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
