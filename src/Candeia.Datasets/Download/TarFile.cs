using System.Formats.Tar;

namespace Candeia.Datasets;

/// <summary>A file in an archive of tar.</summary>
/// <param name="archive">The archive.</param>
/// <param name="entry">Where it stands there.</param>
internal sealed class TarFile(string archive, TarEntry entry)
{
    /// <summary>As the archive has it: nothing that could be trusted as a path.</summary>
    public string Name => entry.Name;

    /// <summary>All of it.</summary>
    /// <param name="most">How many bytes it may have.</param>
    /// <exception cref="DatasetException">It has more, or the archive is damaged.</exception>
    public byte[] Bytes(int most)
    {
        RefuseBeyond(most);
        byte[] bytes = new byte[entry.Length];
        return Tar.Guarded(archive, () =>
        {
            entry.DataStream?.ReadExactly(bytes);
            return bytes;
        });
    }

    /// <summary>Writes it to a stream.</summary>
    /// <param name="target">Where it goes. What fails there is no fault of the archive.</param>
    /// <param name="most">How many bytes it may have.</param>
    /// <exception cref="DatasetException">It has more, or the archive is damaged.</exception>
    public void CopyTo(Stream target, long most)
    {
        RefuseBeyond(most);
        byte[] buffer = new byte[1 << 16];
        while (Tar.Guarded(archive, () => entry.DataStream?.Read(buffer) ?? 0) is > 0 and var count) target.Write(buffer, 0, count);
    }

    void RefuseBeyond(long most)
    {
        if (entry.Length > most) throw new DatasetException($"'{Name}' in '{archive}' has {entry.Length} bytes, more than the {most} it may have; get the archive again.");
    }
}
