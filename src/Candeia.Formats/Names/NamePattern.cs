namespace Candeia;

/// <summary>A pattern of names, in which <c>*</c> stands for any text, also for none: <c>layers.*.weight</c>.</summary>
/// <param name="text">The pattern.</param>
internal sealed class NamePattern(string text)
{
    readonly string[] _pieces = text.Split('*');

    /// <summary>How many stars it has.</summary>
    public int Stars => _pieces.Length - 1;

    /// <summary>What each star stands for in a name, as little as possible from the left; null where the pattern is not that of the name.</summary>
    public string[]? Match(string name)
    {
        if (Stars == 0) return name == text ? [] : null;
        string first = _pieces[0], last = _pieces[^1];
        if (name.Length < first.Length + last.Length || !name.StartsWith(first, StringComparison.Ordinal) || !name.EndsWith(last, StringComparison.Ordinal)) return null;
        int at = first.Length, end = name.Length - last.Length;
        string[] found = new string[Stars];
        for (int i = 0; i < Stars - 1; i++)
        {
            int next = name.IndexOf(_pieces[i + 1], at, end - at, StringComparison.Ordinal);
            if (next < 0) return null;
            found[i] = name[at..next];
            at = next + _pieces[i + 1].Length;
        }
        found[^1] = name[at..end];
        return found;
    }

    /// <summary>The name that comes of putting texts in the place of the stars.</summary>
    public string Fill(string[] found) => string.Concat(_pieces.Select((piece, i) => i == 0 ? piece : found[i - 1] + piece));

    /// <summary>Refuses a pattern with more stars than there are texts for.</summary>
    public static NamePattern Filled(string text, NamePattern from)
    {
        var pattern = new NamePattern(text);
        return pattern.Stars <= from.Stars ? pattern
            : throw new ArgumentException($"'{text}' has {pattern.Stars} stars, but only {from.Stars} in '{from}' say what they stand for.");
    }

    public override string ToString() => text;
}
