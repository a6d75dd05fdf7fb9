namespace Candeia;

/// <summary>A file that can be fetched.</summary>
/// <param name="Mirrors">Where it is, the best first.</param>
/// <param name="MostBytes">More is refused, so that a wrong server cannot fill the disk.</param>
/// <param name="Otherwise">What the user can do where none of the mirrors serves it: the end of the sentence "…; instead, ".</param>
internal sealed record RemoteFile(IReadOnlyList<Uri> Mirrors, long MostBytes, string Otherwise);
