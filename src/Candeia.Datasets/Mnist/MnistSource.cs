namespace Candeia.Datasets;

/// <summary>A file of the family and what it must be: the MD5 that torchvision publishes in <c>torchvision/datasets/mnist.py</c>.</summary>
internal sealed record MnistFile(string Name, string Md5);

/// <summary>Where a data set of the family comes from, and what is peculiar to it.</summary>
/// <param name="Folder">The folder under the root that holds it.</param>
/// <param name="Mirrors">Addresses to which the name of a file is appended.</param>
/// <param name="Files">What to fetch.</param>
internal sealed record MnistSource(string Folder, IReadOnlyList<string> Mirrors, IReadOnlyList<MnistFile> Files)
{
    /// <summary>The part of EMNIST, whose files come in one archive and whose pictures lie on their sides.</summary>
    public string? EmnistPart { get; init; }

    /// <summary>The label of the first class.</summary>
    public int FirstLabel { get; init; }

    public static MnistSource Of(MnistFamily family) => family switch
    {
        MnistFamily.Mnist => new("mnist",
            ["https://ossci-datasets.s3.amazonaws.com/mnist/", "https://storage.googleapis.com/cvdf-datasets/mnist/"],
            Four(
                "f68b3c2dcbeaaa9fbdd348bbdeb94873", "d53e105ee54ea40749a09fcbcd1e9432",
                "9fb629c4189551a2d022fa330f9573f3", "ec29112dd5afa0611ce80d1b7f02629c")),
        MnistFamily.FashionMnist => new("fashion-mnist",
            [
                "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
                "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
            ],
            Four(
                "8d4fb7e6c68d591d4c3dfef9ec88bf0d", "25c81989df183df01b3e8a0aad5dffbe",
                "bef4ecab320f06d8554ea6380940ec79", "bb300cfdad3c16e7a12a480ee83cd310")),
        MnistFamily.KuzushijiMnist => new("kuzushiji-mnist",
            ["https://codh.rois.ac.jp/kmnist/dataset/kmnist/", "http://codh.rois.ac.jp/kmnist/dataset/kmnist/"],
            Four(
                "bdb82020997e1d708af4cf47b453dcf7", "e144d726b3acfaa3e44228e80efcd344",
                "5c965bf0a639b31b8f53240b1b52f4d7", "7320c461ea6c1c855c0b718fb2a4b134")),
        MnistFamily.EmnistDigits => Emnist("digits"),
        MnistFamily.EmnistLetters => Emnist("letters") with { FirstLabel = 1 },
        MnistFamily.EmnistBalanced => Emnist("balanced"),
        MnistFamily.EmnistByClass => Emnist("byclass"),
        MnistFamily.EmnistByMerge => Emnist("bymerge"),
        MnistFamily.EmnistMnist => Emnist("mnist"),
        _ => throw new ArgumentOutOfRangeException(nameof(family), $"There is no family {family}."),
    };

    static MnistSource Emnist(string part) => new($"emnist-{part}", ["https://biometrics.nist.gov/cs_links/EMNIST/"],
        [new("gzip.zip", "58c8d27c78d21e728a6bc7b3cc06412e")]) { EmnistPart = part };

    static MnistFile[] Four(string trainImages, string trainLabels, string testImages, string testLabels) =>
    [
        new("train-images-idx3-ubyte.gz", trainImages), new("train-labels-idx1-ubyte.gz", trainLabels),
        new("t10k-images-idx3-ubyte.gz", testImages), new("t10k-labels-idx1-ubyte.gz", testLabels),
    ];
}
