namespace Candeia;

/// <summary>
/// Fetches files: goes on where an earlier attempt ended, tries mirrors in turn with growing pauses, verifies, and gives the file its name only then.
/// What has come so far is kept beside it as <c>.part</c>, after a cancellation too.
/// </summary>
internal sealed class Downloader(HttpClient client)
{
    const string Part = ".part";

    /// <summary>Attempts in a row that bring nothing before it gives up.</summary>
    public int Attempts { get; init; } = 6;

    /// <summary>The wait after the first attempt; it doubles each time.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a server may be silent.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Puts the file at <paramref name="path"/>, unless something is there already.</summary>
    /// <param name="file">What to fetch.</param>
    /// <param name="path">Where to put it.</param>
    /// <param name="verify">Throws a <see cref="DownloadException"/> where the received file is not what it should be.</param>
    /// <param name="progress">Told of every piece that arrives: how many bytes there are, of how many.</param>
    /// <param name="cancel">Stops within moments; a later call goes on from there.</param>
    /// <exception cref="DownloadException">No mirror delivered the file, or it cannot be written.</exception>
    public async Task FetchAsync(
        RemoteFile file, string path, Action<string> verify, Action<long, long?>? progress = null, CancellationToken cancel = default)
    {
        if (File.Exists(path)) return;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            await AttemptAsync(file, path, verify, progress, cancel).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is IOException and not DownloadException or UnauthorizedAccessException)
        {
            throw new DownloadException($"'{path}' cannot be written ({fault.Message.TrimEnd('.')}); name another folder, or make room there.", fault);
        }
    }

    async Task AttemptAsync(RemoteFile file, string path, Action<string> verify, Action<long, long?>? progress, CancellationToken cancel)
    {
        var transfer = new Transfer(client, file.MostBytes, Patience, progress ?? ((_, _) => { }));
        List<Uri> mirrors = [.. file.Mirrors];
        var reasons = new Dictionary<Uri, string>();
        var distrusted = new HashSet<Uri>();
        long longest = 0;
        TransferFault? last = null;
        for (int failures = 0; mirrors.Count > 0 && failures < Attempts;)
        {
            var mirror = mirrors[0];
            mirrors.RemoveAt(0);
            bool complete = false;
            try
            {
                using (var part = new FileStream(path + Part, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
                    await transfer.ReceiveAsync(mirror, part, cancel).ConfigureAwait(false);
                complete = true;
                verify(path + Part);
                File.Move(path + Part, path, overwrite: true);
                return;
            }
            catch (TransferFault fault)
            {
                last = fault;
                reasons[mirror] = fault.Message;
                long now = new FileInfo(path + Part).Length;
                bool cameOn = now > longest;
                longest = Math.Max(longest, now);
                if (fault.Permanent) continue;
                mirrors.Insert(cameOn ? 0 : mirrors.Count, mirror);
                failures = cameOn ? 1 : failures + 1;
                if (failures < Attempts) await Task.Delay(fault.Wait ?? Pause * (1 << (failures - 1)), cancel).ConfigureAwait(false);
            }
            catch (DownloadException fault) when (complete)
            {
                // The parts may be of different versions: once more, from the start.
                File.Delete(path + Part);
                reasons[mirror] = fault.Message.TrimEnd('.');
                if (distrusted.Add(mirror)) mirrors.Add(mirror);
            }
        }
        string tried = string.Join("; ", file.Mirrors.Where(reasons.ContainsKey).Select(mirror => $"{mirror.Host}: {reasons[mirror]}"));
        throw new DownloadException($"{Path.GetFileName(path)} could not be downloaded ({tried}); instead, {file.Otherwise}.", last);
    }
}
