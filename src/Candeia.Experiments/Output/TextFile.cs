using System.Text;

namespace Candeia.Experiments;

/// <summary>Files of text that a user has named.</summary>
static class TextFile
{
    const long Most = 1L << 30;
    static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>All of it, lines ended by \n alone.</summary>
    /// <param name="path">The file.</param>
    /// <param name="option">The option that named it.</param>
    /// <exception cref="UserException">It is missing, cannot be read, or is no text in UTF-8.</exception>
    public static string Read(string path, string option)
    {
        if (Directory.Exists(path)) throw new UserException($"'{path}' is a folder; name a file with {option}.");
        if (!File.Exists(path)) throw new UserException($"There is no file '{path}'; name one that is there with {option}.");
        try
        {
            byte[] bytes = OrdinaryFile.ReadAllBytes(path, Most);
            return s_strict.GetString(bytes).TrimStart('\uFEFF').ReplaceLineEndings("\n");
        }
        catch (DecoderFallbackException e)
        {
            throw new UserException($"'{path}' is no text in UTF-8: byte {e.Index} belongs to no character; convert it, or name another file with {option}.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"'{path}' cannot be read: {Failure(e)}; name another file with {option}.", e);
        }
    }

    static string Failure(Exception e) => e.Message.Split('\n')[0].TrimEnd('.', ' ');
}
