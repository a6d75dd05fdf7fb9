using Candeia.Datasets;

namespace Candeia.Experiments;

/// <summary>Files of text that a user has named.</summary>
static class TextFile
{
    /// <summary>All of it, lines ended by \n alone. Unlike <see cref="TextCorpus"/>, which reads it, this takes no folder and nothing that is not UTF-8.</summary>
    /// <param name="path">The file.</param>
    /// <param name="option">The option that named it.</param>
    /// <exception cref="UserException">It is missing, or is no text in UTF-8.</exception>
    /// <exception cref="DatasetException">It cannot be read, or has nothing but blanks in it.</exception>
    public static string Read(string path, string option)
    {
        Check(path, option);
        string text = TextCorpus.Read(path);
        int bad = text.IndexOf('\uFFFD', StringComparison.Ordinal);
        if (bad >= 0) throw new UserException($"'{path}' is no text in UTF-8: character {bad + 1} is damaged; convert it, or name another file with {option}.");
        return text.ReplaceLineEndings("\n");
    }

    /// <summary>Makes sure that there is a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="option">What named it.</param>
    /// <exception cref="UserException">There is none, or a folder.</exception>
    public static void Check(string path, string option)
    {
        if (Directory.Exists(path)) throw new UserException($"'{path}' is a folder; name a file with {option}.");
        if (!File.Exists(path)) throw new UserException($"There is no file '{path}'; name one that is there with {option}.");
    }
}
