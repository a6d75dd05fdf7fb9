namespace Candeia.Datasets;

/// <summary>How a data set is had where its folder does not hold it yet; what is there already is used as it is.</summary>
public enum DataSource
{
    /// <summary>It is made on this machine, without a network.</summary>
    Generate,

    /// <summary>The original is fetched, or unpacked from an archive that was put into the folder.</summary>
    Download,

    /// <summary>It must be there.</summary>
    Folder,
}
