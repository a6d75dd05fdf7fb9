using System.Text;

namespace Candeia.Datasets;

/// <summary>One long text, from a file or from all text files of a folder.</summary>
public static class TextCorpus
{
    const long MostBytes = 1L << 30;

    /// <summary>The text of a file, or of all <c>.txt</c> files in a folder and below, in the order of their names and with an empty line between two of them.</summary>
    /// <param name="path">The file or folder. Texts are UTF-8; what is not becomes U+FFFD.</param>
    /// <exception cref="DatasetException">It cannot be read, has more than a gigabyte or no text.</exception>
    public static string Read(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (!Directory.Exists(path)) return NotEmpty(path, Utf8.Read(path, MostBytes));
        var all = new StringBuilder();
        foreach (string file in TextFiles.Below(path))
        {
            if (OrdinaryFile.IsEmpty(file)) continue;
            if (all.Length > 0) all.Append("\n\n");
            all.Append(Utf8.Read(file, MostBytes - all.Length));
        }
        return NotEmpty(path, all.ToString());
    }

    static string NotEmpty(string path, string text) => !string.IsNullOrWhiteSpace(text) ? text
        : throw new DatasetException(Directory.Exists(path) ? $"There is no text in the .txt files of '{path}'; name another folder, or a file." : $"'{path}' has nothing but blanks in it; name another file.");
}
