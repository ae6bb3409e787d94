package io.trails.internal.providers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;

/** Services files of which one line is no class name: {@link java.util.ServiceLoader} passes over all the others, too. */
final class DamagedServices {
    private DamagedServices() {}

    /** The class names in such files. */
    static List<String> names(ClassLoader loader, String resource) throws IOException {
        var names = new ArrayList<String>();
        Enumeration<URL> files = loader.getResources(resource);
        while (files.hasMoreElements()) addNames(files.nextElement(), names);
        return names;
    }

    private static void addNames(URL file, List<String> names) throws IOException {
        var here = new ArrayList<String>();
        boolean damaged = false;
        URLConnection connection = file.openConnection();
        connection.setUseCaches(false); // Or the jar would stay open.
        try (var lines =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int comment = line.indexOf('#');
                String name = (comment < 0 ? line : line.substring(0, comment)).trim();
                if (name.isEmpty()) continue;
                if (isClassName(name)) here.add(name);
                else damaged = true;
            }
        }
        if (damaged) names.addAll(here);
    }

    private static boolean isClassName(String text) {
        if (!Character.isJavaIdentifierStart(text.codePointAt(0))) return false;
        return text.codePoints().allMatch(c -> Character.isJavaIdentifierPart(c) || c == '.');
    }
}
