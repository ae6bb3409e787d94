package io.trails.dagger.internal.graph;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the steps and leaves say, by type, field and argument: an engine that lacks a word of it cannot be used. */
final class Vocabulary {
    private static final String WORDS = """
        Query version
        Query container
        Query directory
        Query host
        Query cacheVolume key
        Query setSecret name plaintext
        Container id
        Container sync
        Container from address
        Container import source
        Container withRootfs directory
        Container withEnvVariable name value
        Container withoutEnvVariable name
        Container withSecretVariable name secret
        Container withWorkdir path
        Container withUser name
        Container withEntrypoint args
        Container withDirectory path source owner
        Container withoutDirectory path
        Container withFile path source owner
        Container withoutFile path
        Container withNewFile path contents permissions owner
        Container withMountedFile path source owner
        Container withMountedDirectory path source owner
        Container withMountedCache path cache owner
        Container withMountedTemp path size
        Container withoutMount path
        Container withUnixSocket path source owner
        Container withServiceBinding alias service
        Container withExposedPort port protocol experimentalSkipHealthcheck
        Container withExec args useEntrypoint stdin redirectStdin redirectStdout redirectStderr expect noInit
        Container rootfs
        Container directory path
        Container file path
        Container asService args useEntrypoint
        Container asTarball
        Container exitCode
        Container stdout
        Container stderr
        Container user
        Container workdir
        Container entrypoint
        Container platform
        Container exists path
        Directory id
        Directory sync
        Directory directory path
        Directory file path
        Directory withDirectory path source owner exclude
        Directory withoutDirectory path
        Directory withoutFile path
        Directory withoutFiles paths
        Directory withFile path source owner
        Directory withNewFile path contents permissions
        Directory filter exclude include
        Directory changes from
        Directory export path
        Directory entries
        Directory glob pattern
        Directory exists path
        Changeset layer
        Changeset addedPaths
        Changeset modifiedPaths
        Changeset removedPaths
        Changeset isEmpty
        File id
        File export path
        File size
        File contents
        Service id
        Service start
        Service stop kill
        Service hostname
        Service endpoint port
        Host directory path exclude include noCache
        Host file path noCache
        Host unixSocket path
        Host service ports
        Secret id
        Socket id
        CacheVolume id
        """;

    private final Map<String, Map<String, Set<String>>> types = new LinkedHashMap<>();

    Vocabulary() {
        for (String line : WORDS.lines().toList()) {
            List<String> words = List.of(line.split(" "));
            types.computeIfAbsent(words.get(0), type -> new LinkedHashMap<>())
                    .put(words.get(1), new TreeSet<>(words.subList(2, words.size())));
        }
    }

    /** By type and field, the arguments. */
    Map<String, Map<String, Set<String>>> types() {
        return types;
    }
}
