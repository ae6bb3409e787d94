package io.trails.worktree.internal.removal;

import java.util.List;

/** What stands in a removal's way, and what has to be rescued before it goes on. Immutable. */
record Inspection(List<Finding> findings, Material material, List<Ref> refs) {
    Inspection {
        findings = List.copyOf(findings);
        refs = List.copyOf(refs);
    }

    /** What keeps the session. */
    List<Finding> obstacles(boolean rescues) {
        return findings.stream()
                .filter(finding -> finding.weight() == Finding.Weight.KEEPS
                        || (finding.weight() == Finding.Weight.WORK && !rescues))
                .toList();
    }

    List<Finding> of(Finding.Weight weight) {
        return findings.stream().filter(finding -> finding.weight() == weight).toList();
    }
}
