using Candeia.Images;

namespace Candeia.Datasets;

/// <summary>Pictures that are read from files when they are asked for: of a file a part can be kept alone.</summary>
internal interface IPictureFiles
{
    /// <summary>A part of a picture.</summary>
    /// <param name="index">Which picture.</param>
    /// <param name="choose">
    /// Which part of a picture of so many rows and columns is wanted; all of it where it gives null. It is asked once for each file that is tried.
    /// </param>
    LabelledImage Read(int index, Func<int, int, Window?> choose);
}
