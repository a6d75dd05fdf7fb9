using System.Collections.Immutable;

namespace Candeia.NN;

/// <summary>What came of loading a state dict into a module: what was written, and what was not and why. Nothing was left out silently.</summary>
/// <param name="Loaded">Names of the module whose values were written.</param>
/// <param name="Missing">Names of the module that the state dict does not have; their values are as they were.</param>
/// <param name="Unexpected">Names of the state dict that the module does not have.</param>
/// <param name="Mismatched">What has a name in both but cannot be written; the module's values are as they were.</param>
public sealed record LoadReport(ImmutableArray<string> Loaded, ImmutableArray<string> Missing, ImmutableArray<string> Unexpected, ImmutableArray<LoadMismatch> Mismatched)
{
    /// <summary>Whether everything of both sides was used.</summary>
    public bool IsComplete => this is { Missing: [], Unexpected: [], Mismatched: [] };

    /// <summary>What would bring names of both sides together, if they differ by what stands in front of them alone; empty otherwise.</summary>
    public string Hint
    {
        get
        {
            if (Missing.IsEmpty || Unexpected.IsEmpty) return "";
            HashSet<string> missing = [.. Missing], unexpected = [.. Unexpected];
            if (Prefix(unexpected, missing) is { } more) return $"Remove '{more}' from the front of the given names.";
            return Prefix(missing, unexpected) is { } less ? $"Put '{less}' in front of the given names." : "";
        }
    }

    /// <summary>What stands in front of every long name that ends in a short one: the same for all, or nothing.</summary>
    static string? Prefix(HashSet<string> longer, HashSet<string> shorter)
    {
        string? prefix = null;
        foreach (string name in shorter)
        {
            string? found = longer.FirstOrDefault(l => l.EndsWith($".{name}", StringComparison.Ordinal));
            if (found is null || prefix is not null && found[..^name.Length] != prefix) return null;
            prefix = found[..^name.Length];
        }
        return prefix;
    }

    /// <summary>One line for each kind of difference, and how many tensors were written.</summary>
    public override string ToString() => string.Join("\n  ", [$"{Loaded.Length} of {Loaded.Length + Missing.Length + Mismatched.Length} tensors were written", .. Lines()]);

    internal IEnumerable<string> Lines()
    {
        if (!Missing.IsEmpty) yield return $"missing: {string.Join(", ", Missing)}";
        if (!Unexpected.IsEmpty) yield return $"unexpected: {string.Join(", ", Unexpected)}";
        foreach (var mismatch in Mismatched) yield return $"{mismatch}";
        if (Hint is { Length: > 0 } hint) yield return hint;
    }
}

/// <summary>A tensor that a module and a state dict both have, but that cannot be written.</summary>
/// <param name="Name">Its name in both.</param>
/// <param name="Why">What differs: <c>given [7], expected [3]</c>.</param>
public sealed record LoadMismatch(string Name, string Why)
{
    /// <summary>Name and reason.</summary>
    public override string ToString() => $"{Name}: {Why}";
}
