package io.trails.dagger.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptManifestTest {
    private static final FileStamp STAMP = new FileStamp(FileType.FILE, 3, 5, 0644, 7, 11, false);

    @TempDir
    Path folder;

    @Provide
    static Arbitrary<ManifestPart> parts() {
        Arbitrary<Long> numbers = Arbitraries.longs();
        Arbitrary<FileStamp> stamps = Combinators.combine(
                        Arbitraries.of(FileType.values()),
                        numbers,
                        numbers,
                        Arbitraries.integers(),
                        numbers,
                        numbers,
                        Arbitraries.of(true, false))
                .as(FileStamp::new);
        Arbitrary<String> names = Arbitraries.strings().all().ofMaxLength(40);
        return Combinators.combine(
                        numbers, Arbitraries.maps(names, stamps.optional()).ofMaxSize(20))
                .as((id, entries) -> new ManifestPart(id, new TreeMap<>(entries)));
    }

    private static byte[] written(ManifestPart part) throws IOException {
        var bytes = new ByteArrayOutputStream();
        ManifestCodec.write(bytes, part);
        return bytes.toByteArray();
    }

    @Property(tries = 300)
    void what_was_written_is_read_whatever_names_hold(@ForAll("parts") ManifestPart part) throws IOException {
        assertThat(ManifestCodec.read(written(part))).isEqualTo(part);
    }

    @Property(tries = 300)
    void damage_is_noticed(@ForAll("parts") ManifestPart part, @ForAll int place, @ForAll boolean cut)
            throws IOException {
        byte[] bytes = written(part);
        int at = Math.floorMod(place, bytes.length);
        byte[] damaged = cut ? Arrays.copyOf(bytes, at) : bytes;
        if (!cut) damaged[at] ^= 0x10;
        assertThatThrownBy(() -> ManifestCodec.read(damaged)).isInstanceOf(IOException.class);
    }

    private static Manifest of(String... paths) {
        var stamps = new TreeMap<String, FileStamp>();
        for (String path : paths) stamps.put(path, STAMP);
        return Manifest.of(stamps);
    }

    private static Manifest changed(Manifest manifest, String come, String gone) {
        return manifest.with(new Applied(List.of(), List.of(), List.of(), Map.of(come, STAMP), Set.of(gone)));
    }

    private KeptManifest kept() {
        return new KeptManifest(folder, "seen");
    }

    @Test
    void another_process_reads_what_was_kept_last() {
        Manifest first = of("a", "b");
        KeptManifest kept = kept();
        kept.keep(first);
        assertThat(kept().read().orElseThrow().paths()).containsExactly("a", "b");
        kept.keep(changed(first, "c", "a"));
        assertThat(kept().read().orElseThrow().paths()).containsExactly("b", "c");
        assertThat(kept().read().orElseThrow().get("c")).isEqualTo(Optional.of(STAMP));
        kept.keep(of("d"));
        assertThat(kept().read().orElseThrow().paths()).containsExactly("d");
        kept.delete();
        assertThat(kept().read()).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_little_change_does_not_write_all_again() throws IOException {
        Manifest first = of("a", "b");
        KeptManifest kept = kept();
        kept.keep(first);
        byte[] whole = Files.readAllBytes(folder.resolve("seen"));
        kept.keep(changed(first, "c", "a"));
        assertThat(folder.resolve("seen")).hasBinaryContent(whole);
    }

    @Test
    void what_changed_of_another_manifest_does_not_count() throws IOException {
        Manifest first = of("a");
        kept().keep(changed(first, "old", "a"));
        byte[] recent = Files.readAllBytes(folder.resolve("seen-recent"));
        kept().keep(first);
        Files.write(folder.resolve("seen-recent"), recent);
        assertThat(kept().read().orElseThrow().paths()).containsExactly("a");
    }

    @Test
    void damage_gives_an_older_one_or_none() throws IOException {
        kept().keep(changed(of("a"), "b", "a"));
        Files.writeString(folder.resolve("seen-recent"), "x");
        assertThat(kept().read().orElseThrow().paths()).containsExactly("a");
        Files.writeString(folder.resolve("seen"), "x");
        assertThat(kept().read()).isEmpty();
    }

    @Test
    void where_nothing_can_be_written_nothing_fails() throws IOException {
        Files.writeString(folder.resolve("file"), "");
        var kept = new KeptManifest(folder.resolve("file"), "seen");
        kept.keep(of("a"));
        assertThat(kept.read()).isEmpty();
        kept.delete();
    }
}
