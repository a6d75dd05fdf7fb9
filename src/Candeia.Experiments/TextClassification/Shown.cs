namespace Candeia.Experiments;

/// <summary>Texts to look at.</summary>
static class Shown
{
    /// <summary>In one line, and not longer than so many characters.</summary>
    public static string Of(string text, int most)
    {
        text = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)] + "…";
    }
}
