package io.trails.bench;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;

/**
 * A jar with one main class, which is a module on the module path and an ordinary jar on the class path.
 *
 * @param file the jar
 * @param module the name of its module
 * @param mainClass its main class
 */
record ModularJar(Path file, String module, String mainClass) {
    /** Packs a class of this program, and the classes inside it, as a module that requires another. */
    static ModularJar of(Path directory, Class<?> main, List<Path> libraries, String directives) throws IOException {
        String module = "bench." + main.getSimpleName();
        Path classes = directory.resolve(module);
        copy(main, classes);
        for (Class<?> nested : main.getDeclaredClasses()) copy(nested, classes);
        Path descriptor = classes.resolve("module-info.java");
        Files.writeString(descriptor, "module " + module + " { " + directives + " }");
        run("javac", "--module-path", join(libraries), "-d", classes.toString(), descriptor.toString());
        Path jar = directory.resolve(module + ".jar");
        run("jar", "--create", "--file", jar.toString(), "-C", classes.toString(), ".");
        return new ModularJar(jar, module, main.getName());
    }

    static String join(List<Path> paths) {
        return String.join(
                File.pathSeparator, paths.stream().map(Path::toString).toList());
    }

    private static void copy(Class<?> type, Path classes) throws IOException {
        String name = type.getName().replace('.', '/') + ".class";
        Path target = classes.resolve(name);
        Files.createDirectories(target.getParent());
        try (InputStream bytes = type.getClassLoader().getResourceAsStream(name)) {
            if (bytes == null) throw new IllegalStateException(name + " is not there");
            Files.copy(bytes, target);
        }
    }

    private static void run(String tool, String... arguments) {
        var output = new StringWriter();
        var writer = new PrintWriter(output);
        int exit = ToolProvider.findFirst(tool)
                .orElseThrow(() -> new IllegalStateException("This is no JDK: it has no " + tool))
                .run(writer, writer, arguments);
        writer.flush();
        if (exit != 0) throw new IllegalStateException(tool + " exited with " + exit + ": " + output);
    }
}
