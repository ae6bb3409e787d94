package io.trails.dagger;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.Change;
import io.trails.Checkpoint;
import io.trails.Reason;
import io.trails.RemovalPolicy;
import io.trails.spi.SandboxCopy;
import io.trails.spi.SandboxNotice.Kind;
import io.trails.spi.SandboxRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A session's work that the host cannot have for now is never taken for none. */
class WithheldTest extends SessionBench {
    private static final int ROOM = 10_000;
    private static final String BIG = "head -c 20000 /dev/zero | tr '\\0' ";

    private static SandboxRequest.Builder inPlace(SandboxRequest.Builder request) {
        return request.bringsBack(false);
    }

    private static List<String> codes(List<Reason> reasons) {
        return reasons.stream().map(Reason::code).toList();
    }

    private static List<String> missing(SandboxCopy copy) {
        return codes(copy.bringBack().withheld());
    }

    private void fillDisk() {
        played().faults().roomFor(ROOM);
    }

    private void makeRoom() {
        played().faults().clear();
    }

    private boolean isKept(Session session, RemovalPolicy policy) {
        return !provider.remove(session.plan(), policy).complete();
    }

    @Test
    void it_is_told_with_every_answer_and_comes_when_it_can() throws IOException {
        Session session = session("later");
        fillDisk();
        session.sh("echo small > small; " + BIG + "x > big; mkdir d; " + BIG + "y > d/big");
        assertThat(files.resolve("small")).hasContent("small");
        assertThat(files.resolve("big")).doesNotExist();
        assertThat(codes(Kind.WITHHELD)).containsExactly("dagger.file-unfetched");
        assertThat(codes(session.copy().preview().withheld())).containsExactly("dagger.file-unfetched");
        assertThat(codes(session.copy().pending().caveats())).contains("dagger.file-unfetched");
        Files.writeString(files.resolve("small"), "the user's");
        assertThat(session.copy().bringBack().withheld())
                .singleElement()
                .satisfies(reason -> assertThat(reason.message()).contains("'big', 'd/big'"));
        assertThat(session.copy().bringBack().conflicts()).isEmpty();
        assertThat(session.copy().bringBackAll().complete()).isFalse();
        makeRoom();
        assertThat(session.copy().bringBack().files()).extracting(Change::path).containsExactly("big", "d/big");
        assertThat(files.resolve("d/big")).hasSize(20_000);
        assertThat(files.resolve("small")).hasContent("the user's");
        assertThat(session.copy().bringBack().complete()).isTrue();
    }

    @Test
    void what_was_begun_of_it_takes_no_room_from_others() throws IOException {
        Session session = session("part");
        fillDisk();
        session.sh("mkdir a b; echo small > a/small; " + BIG + "x > b/big; echo small > b/small; echo small > c");
        assertThat(played().faults().room().taken()).isZero();
        assertThat(session.copy().bringBack().withheld())
                .singleElement()
                .satisfies(reason -> assertThat(reason.message()).contains("'b/big'"));
        assertThat(files.resolve("a/small")).exists();
        assertThat(files.resolve("b/small")).exists();
        assertThat(files.resolve("c")).exists();
    }

    @Test
    void nothing_of_a_project_is_written_without_it() throws IOException {
        Session session = session("all", WithheldTest::inPlace);
        fillDisk();
        session.sh("echo small > small; " + BIG + "x > big");
        SandboxCopy copy = session.copy();
        assertThat(codes(copy.bringBackAll().withheld())).containsExactly("dagger.file-unfetched");
        assertThat(copy.bringBackAll().files()).isEmpty();
        assertThat(copy.preview().files()).isEmpty();
        assertThat(files.resolve("small")).doesNotExist();
        makeRoom();
        assertThat(copy.bringBackAll().files()).extracting(Change::path).containsExactly("big", "small");
    }

    @Test
    void what_the_container_itself_takes_back_is_not_missing_any_more() throws IOException {
        Session session = session("undone");
        fillDisk();
        session.sh(BIG + "x > big; " + BIG + "x > other");
        assertThat(missing(session.copy())).isNotEmpty();
        session.sh("rm big other");
        assertThat(session.copy().bringBack().complete()).isTrue();
        assertThat(isKept(session, RemovalPolicy.safe())).isFalse();
    }

    @Test
    void a_changed_file_that_is_removed_after_all_is_removed() throws IOException {
        Session session = session("removed");
        fillDisk();
        session.sh(BIG + "x > README.md");
        assertThat(files.resolve("README.md")).hasContent("A project.");
        session.sh("rm README.md");
        assertThat(files.resolve("README.md")).doesNotExist();
        assertThat(session.copy().bringBack().complete()).isTrue();
    }

    @Test
    void what_a_user_does_to_it_meanwhile_is_a_conflict_and_does_not_reach_the_container() throws IOException {
        Session session = session("both");
        fillDisk();
        session.sh(BIG + "x > README.md");
        Files.writeString(files.resolve("README.md"), "the user's");
        assertThat(session.sh("wc -c < README.md")).isEqualTo("20000");
        makeRoom();
        assertThat(session.copy().bringBack().conflicts()).hasSize(1);
        assertThat(files.resolve("README.md")).hasContent("the user's");
    }

    @Test
    void it_keeps_the_session_from_being_removed_also_in_another_jvm() throws IOException {
        Session session = session("kept");
        fillDisk();
        session.sh(BIG + "x > big");
        assertThat(isKept(session, RemovalPolicy.safe())).isTrue();
        assertThat(isKept(session, RemovalPolicy.safe().rescuing())).isTrue();
        session.sandbox().close();
        Session again = opened(session);
        assertThat(isKept(again, RemovalPolicy.safe())).isTrue();
        assertThat(codes(again.copy().pending().caveats())).containsExactly("dagger.file-unfetched");
        assertThat(isKept(again, RemovalPolicy.safe().forgetting())).isFalse();
    }

    @Test
    void what_is_lost_with_its_container_is_told_until_it_is_made_again() throws IOException {
        Session session = session("lost");
        fillDisk();
        session.sh(BIG + "x > big; " + BIG + "x > README.md");
        session.sandbox().close();
        makeRoom();
        Session again = opened(session);
        assertThat(missing(again.copy())).containsExactly("dagger.file-lost");
        assertThat(codes(Kind.LOST)).containsExactly("dagger.file-lost");
        again.sh("echo again > big");
        assertThat(missing(again.copy())).containsExactly("dagger.file-lost");
        again.sh("rm README.md");
        assertThat(again.copy().bringBack().complete()).isTrue();
        assertThat(files.resolve("big")).hasContent("again");
        assertThat(files.resolve("README.md")).doesNotExist();
    }

    @Test
    void what_another_container_of_the_session_still_has_is_not_lost() throws IOException {
        Session session = session("claimed");
        fillDisk();
        session.sh(BIG + "x > big; " + BIG + "x > README.md");
        Session other = opened(session);
        other.sh("echo new > new");
        assertThat(codes(Kind.LOST)).isEmpty();
        assertThat(isKept(other, RemovalPolicy.safe())).isTrue();
        assertThat(missing(other.copy())).containsExactly("dagger.file-unfetched");
        other.sh("echo theirs > README.md");
        assertThat(isKept(other, RemovalPolicy.safe())).isTrue();
        makeRoom();
        assertThat(session.copy().bringBack().conflicts()).hasSize(1);
        assertThat(files.resolve("big")).hasSize(20_000);
        assertThat(files.resolve("README.md")).hasContent("theirs");
        assertThat(other.copy().bringBack().withheld()).isEmpty();
    }

    @Test
    void what_was_in_no_container_but_one_that_was_closed_is_lost_to_another_that_stands() throws IOException {
        Session session = session("closed", WithheldTest::inPlace);
        Session other = opened(session);
        other.sh("true");
        fillDisk();
        session.sh(BIG + "x > big");
        assertThat(missing(other.copy())).containsExactly("dagger.file-unfetched");
        session.sandbox().close();
        assertThat(isKept(other, RemovalPolicy.safe())).isTrue();
        assertThat(missing(other.copy())).containsExactly("dagger.file-lost");
        assertThat(codes(Kind.LOST)).containsExactly("dagger.file-lost");
    }

    @Test
    void without_an_engine_it_is_still_missing() throws IOException {
        Session session = session("away");
        fillDisk();
        session.sh(BIG + "x > big");
        played().kill();
        assertThat(missing(session.copy())).containsExactly("dagger.file-unfetched");
        assertThat(codes(session.copy().bringBackAll().withheld())).containsExactly("dagger.file-unfetched");
    }

    @Test
    void it_is_still_to_come_when_the_work_of_another_jvm_was_taken_up() throws IOException {
        Session session = session("two", WithheldTest::inPlace);
        Session other = opened(session);
        other.sh("true");
        fillDisk();
        session.sh(BIG + "x > README.md; " + BIG + "y > 'b[i]*g'");
        other.sh("echo theirs > theirs");
        assertThat(session.sh("cat theirs; wc -c < README.md")).isEqualTo("theirs\n20000");
        assertThat(missing(session.copy())).containsExactly("dagger.file-unfetched");
        makeRoom();
        assertThat(session.copy().bringBackAll().files())
                .extracting(Change::path)
                .containsExactly("README.md", "b[i]*g", "theirs");
        assertThat(files.resolve("README.md")).hasSize(20_000);
    }

    @Test
    void it_comes_after_a_restore_as_it_was_then() throws IOException {
        Session session = session("restored", WithheldTest::inPlace);
        fillDisk();
        session.sh(BIG + "x > big");
        var checkpoint = new Checkpoint("c1", "restored", "before", Instant.EPOCH);
        session.copy().checkpoint(checkpoint);
        session.sh("rm big");
        assertThat(session.copy().bringBack().complete()).isTrue();
        session.copy().restore(checkpoint);
        assertThat(missing(session.copy())).containsExactly("dagger.file-unfetched");
        makeRoom();
        assertThat(session.copy().bringBackAll().files())
                .extracting(Change::path)
                .containsExactly("big");
    }
}
