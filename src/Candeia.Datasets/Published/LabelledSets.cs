namespace Candeia.Datasets;

/// <summary>The data sets of pictures in classes: where each comes from, and how it is read.</summary>
internal static class LabelledSets
{
    /// <summary>A data set of the table.</summary>
    /// <param name="Origin">Where it comes from.</param>
    /// <param name="Read">Its pictures, from its folder and a part.</param>
    public sealed record Entry(Origin Origin, Func<string, string, Labelled> Read);

    const string Vgg = "https://www.robots.ox.ac.uk/~vgg/data/", Places = "http://data.csail.mit.edu/places/places365/", Torch = "https://storage.googleapis.com/torch-datasets/";
    const string Faces = "http://vis-www.cs.umass.edu/lfw/", Figshare = "https://ndownloader.figshare.com/files/", Houses = "http://ufldl.stanford.edu/housenumbers/";
    const string Digits = "https://raw.githubusercontent.com/facebookresearch/qmnist/master/qmnist-", Expressions = "https://huggingface.co/datasets/JimmyUnleashed/FER-2013/resolve/main/";
    const string Stl = "http://ai.stanford.edu/~acoates/stl10/";

    /// <summary>The photographs and the lists of pets, which <see cref="SceneSets"/> reads for their outlines.</summary>
    public static Origin Pets { get; } = new("oxford-iiit-pet", ["trainval", "test"], _ =>
    [
        File(Vgg + "pets/data/images.tar.gz", "5c4f3ee8e5d25df40f4fd59a7f44e54c"), File(Vgg + "pets/data/annotations.tar.gz", "95a8c909bbe2e81eed6a22bccdf3f68f"),
    ]);

    public static IReadOnlyDictionary<string, Entry> All { get; } = InFolders().Concat(InDeepFolders()).Concat(InLists()).Concat(InMemory()).ToDictionary();

    public static Entry Of(string name) => All.TryGetValue(name, out var entry) ? entry
        : throw new ArgumentException($"There is no data set '{name}'; there are {string.Join(", ", All.Keys.Order(StringComparer.Ordinal))}.", nameof(name));

    /// <summary>The photographs of faces, and a list of them.</summary>
    public static CheckedFile[] FacesOf(string list, string checksum) =>
    [
        new("lfw-funneled.tgz", [Figshare + "5976015", Faces + "lfw-funneled.tgz"], 1L << 30, "1b42dfed7d15c9b2dd63d5e5840c86ad"), File(Faces + list, checksum),
    ];

    /// <summary>A file, by its address.</summary>
    public static CheckedFile File(string address, string? checksum, long mostBytes = 1L << 36) => new(address[(address.LastIndexOf('/') + 1)..], [address], mostBytes, checksum);

    static KeyValuePair<string, Entry> Set(string name, string folder, string[] splits, Func<string, IReadOnlyList<CheckedFile>> files, Func<string, string, Labelled> read) =>
        new(name, new(new(folder, splits, files), read));

    static IEnumerable<KeyValuePair<string, Entry>> InFolders()
    {
        yield return Set("bird_species", "bird-species", ["train", "valid", "test"], _ => [File(Torch + "bird-species.zip", null)], (folder, split) => Labelled.OfFolders(Path.Combine(folder, split)));
        yield return Set("country211", "country211", ["train", "valid", "test"], _ => [File("https://openaipublic.azureedge.net/clip/data/country211.tgz", "84988d7644798601126c29e9877aab6a")],
            (folder, split) => Labelled.OfFolders(Path.Combine(folder, "country211", split)));
        yield return Set("caltech101", "caltech101", ["all"], _ => [File("https://data.caltech.edu/records/mzrjq-6wc02/files/caltech-101.zip", "3138e1922a9193bfa496528edbbc45d0")],
            (folder, _) => Labelled.OfFolders(Path.Combine(folder, "caltech-101", "101_ObjectCategories"), counts: c => c != "BACKGROUND_Google"));
        yield return Set("caltech256", "caltech256", ["all"], _ => [File("https://data.caltech.edu/records/nyy15-4j048/files/256_ObjectCategories.tar", "67b4f42ca05d46448c6bb8ecd2220f6d")],
            (folder, _) => Labelled.OfFolders(Path.Combine(folder, "256_ObjectCategories"), named: c => c[(c.IndexOf('.', StringComparison.Ordinal) + 1)..]));
        yield return Set("eurosat", "eurosat", ["all"],
            _ => [File("https://huggingface.co/datasets/torchgeo/eurosat/resolve/c877bcd43f099cd0196738f714544e355477f3fd/EuroSAT.zip", "c8fa014336c82ac7804f0398fcb19387")],
            (folder, _) => Labelled.OfFolders(Path.Combine(folder, "2750")));
        foreach (var (name, file, checksum) in ((string, string, string)[])
            [
                ("imagenette", "imagenette2", "fe2fc210e6bb7c5664d602c3cd71e612"), ("imagenette_320", "imagenette2-320", "3df6f0d01a2c9592104656642f5e78a3"),
                ("imagenette_160", "imagenette2-160", "e793b78cc4c9e9a4ccc0c1155377a412"),
            ])
            yield return Set(name, "imagenette", ["train", "val"], _ => [File($"https://s3.amazonaws.com/fast-ai-imageclas/{file}.tgz", checksum)],
                (folder, split) => Labelled.OfFolders(Path.Combine(folder, file, split), named: ImagenetteName));
    }

    /// <summary>Those that come in folders of folders, or whose folders have no names.</summary>
    static IEnumerable<KeyValuePair<string, Entry>> InDeepFolders()
    {
        const string signs = "https://sid.erda.dk/public/archives/daaeac0d7ce1152aea9b61d9f1e19370/", letters = "https://raw.githubusercontent.com/brendenlake/omniglot/master/python/";
        yield return Set("gtsrb", "gtsrb", ["train", "test"], split => split == "train" ? [File(signs + "GTSRB-Training_fixed.zip", "513f3c79a4c5141765e10e952eaa2478")]
            : [File(signs + "GTSRB_Final_Test_Images.zip", "c7e4e6327067d32654124b0fe9e82185"), File(signs + "GTSRB_Final_Test_GT.zip", "fe31e9c9270bbcd7b84b7f21a9d9d9e5")], LabelledLists.Signs);
        yield return new("imagenet", new(new("imagenet", ["train", "val"], _ => []) { Home = "https://image-net.org" }, LabelledLists.ImageNet));
        yield return Set("omniglot", "omniglot", ["background", "evaluation"],
            split => [File($"{letters}images_{split}.zip", split == "background" ? "68d2efa1b9178cc56df9314c21c6e718" : "6b91aef0f799c5bb55b94e3f2daec811")],
            (folder, split) => Labelled.OfDeepFolders(Path.Combine(folder, "images_" + split)));
        yield return Set("rendered_sst2", "rendered-sst2", ["train", "valid", "test"], _ => [File("https://openaipublic.azureedge.net/clip/data/rendered-sst2.tgz", "2384d08e9dcfa4bd55b324e610496ee5")],
            (folder, split) => Labelled.OfFolders(Path.Combine(folder, "rendered-sst2", split)));
        yield return Set("sun397", "sun397", ["all"], _ => [File("http://vision.princeton.edu/projects/2010/SUN/SUN397.tar.gz", "8ca2778205c41d23104230ba66911c7a")],
            (folder, _) => LabelledLists.Sun(Path.Combine(folder, "SUN397")));
    }

    static string ImagenetteName(string folder) => folder switch
    {
        "n01440764" => "tench", "n02102040" => "English springer", "n02979186" => "cassette player", "n03000684" => "chain saw", "n03028079" => "church",
        "n03394916" => "French horn", "n03417042" => "garbage truck", "n03425413" => "gas pump", "n03445777" => "golf ball", "n03888257" => "parachute", _ => folder,
    };

    static IEnumerable<KeyValuePair<string, Entry>> InLists()
    {
        yield return Set("dogs_vs_cats", "dogs-vs-cats", ["train", "test"], _ => [File(Torch + "dogs-vs-cats.zip", null)], LabelledLists.DogsAndCats);
        // Ten ways to divide the same pictures; the first is the usual one.
        yield return Set("dtd", "dtd", [.. from i in Enumerable.Range(1, 10) from part in (string[])["train", "val", "test"] select i == 1 ? part : $"{part}{i}"],
            _ => [File(Vgg + "dtd/download/dtd-r1.0.1.tar.gz", "fff73e5086ae6bdbea199a49dfb8a4c1")], LabelledLists.Textures);
        foreach (string level in (string[])["variant", "family", "manufacturer"])
            yield return Set(level == "variant" ? "fgvc_aircraft" : "fgvc_aircraft_" + level, "fgvc-aircraft", ["train", "val", "trainval", "test"],
                _ => [File(Vgg + "fgvc-aircraft/archives/fgvc-aircraft-2013b.tar.gz", "d4acdd33327262359767eeaa97a4f732")], (folder, split) => LabelledLists.Aircraft(folder, split, level));
        yield return Set("flowers102", "flowers-102", ["train", "val", "test"],
            _ =>
            [
                File(Vgg + "flowers/102/102flowers.tgz", "52808999861908f626f3c1f4e79d11fa"), File(Vgg + "flowers/102/imagelabels.mat", "e0620be6f572b9609742df49c70aed4d"),
                File(Vgg + "flowers/102/setid.mat", "a5357ecc9cb78c4bef273ce3793fc85c"),
            ], LabelledLists.Flowers);
        yield return Set("food101", "food-101", ["train", "test"], _ => [File("http://data.vision.ee.ethz.ch/cvl/food-101.tar.gz", "85eeb15f3717b99a5da872d97d918f87")], LabelledLists.Food);
        yield return Set("lfw_people", "lfw", ["train", "test", "10fold"], split => split switch
        {
            "train" => FacesOf("peopleDevTrain.txt", "54eaac34beb6d042ed3a7d883e247a21"),
            "test" => FacesOf("peopleDevTest.txt", "e4bf5be0a43b5dcd9dc5ccfcb8fb19c5"),
            _ => FacesOf("people.txt", "450f0863dd89e85e73936a6d71a3474b"),
        }, LabelledLists.People);
        yield return new("oxford_pets", new(Pets, LabelledLists.Breeds));
        foreach (var (size, train, val) in ((string, string, string)[])
            [("256", "53ca1c756c3d1e7809517cc47c5561c5", "e27b17d8d44f4af9a78502beb927f808"), ("large", "67e186b496a84c929568076ed01a8aa1", "9b71c4993ad89d2d8bcbdc4aef38042f")])
            yield return Set(size == "256" ? "places365" : "places365_large", "places365", ["train", "val"],
                split =>
                [
                    File(Places + "filelist_places365-standard.tar", "35a0585fee1fa656440f3ab298f8479c"),
                    split == "val" ? File($"{Places}val_{size}.tar", val) : File($"{Places}train_{size}_places365standard.tar", train),
                ], (folder, split) => LabelledLists.Scenes(folder, split, size));
        yield return Set("tiny_imagenet", "tiny-imagenet", ["train", "val"], _ => [File("http://cs231n.stanford.edu/tiny-imagenet-200.zip", "90528d7ca1a48142e341f4ef8d21d0de")], LabelledLists.TinyImageNet);
    }

    static IEnumerable<KeyValuePair<string, Entry>> InMemory()
    {
        yield return Set("fer2013", "fer2013", ["train", "test"],
            split => [File(Expressions + split + ".csv.zip", split == "train" ? "e6c225af03577e6dcbb1c59a71d09905" : "024ec789776ef0a390db67b1d7ae60a3")], LabelledPixels.Expressions);
        yield return Set("qmnist", "qmnist", ["train", "test"], split => split == "train"
            ? [File(Digits + "train-images-idx3-ubyte.gz", "ed72d4157d28c017586c42bc6afe6370"), File(Digits + "train-labels-idx2-int.gz", "0058f8dd561b90ffdd0f734c6a30e5e4")]
            : [File(Digits + "test-images-idx3-ubyte.gz", "1394631089c404de565df7b7aeaf9412"), File(Digits + "test-labels-idx2-int.gz", "5b5b05890a5e13444e108efe57b788aa")], LabelledPixels.Qmnist);
        yield return Set("stl10", "stl10", ["train", "test", "unlabeled"], _ => [File(Stl + "stl10_binary.tar.gz", "91f7769df0f17e558f3565bffb0c7dfb")], LabelledPixels.Stl10);
        yield return Set("svhn", "svhn", ["train", "test", "extra"], split => [File(Houses + split + "_32x32.mat", split switch
        {
            "train" => "e26dedcc434d2e4c54c9b2d4a06d8373",
            "test" => "eb5a983be6a315427106f1b164d9cef3",
            _ => "a93ce644f1a588dc4d68dda5feec44a7",
        })], LabelledPixels.Svhn);
    }
}
