namespace Candeia.Datasets;

/// <summary>A step in the making of a data set.</summary>
public enum DataStage
{
    /// <summary>Images are drawn; counted in images.</summary>
    Generating,

    /// <summary>An archive is fetched; counted in bytes.</summary>
    Downloading,

    /// <summary>The checksums of an archive are compared; counted in bytes.</summary>
    Verifying,

    /// <summary>Files are taken out of an archive; counted in files.</summary>
    Unpacking,
}
